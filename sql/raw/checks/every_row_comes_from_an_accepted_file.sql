-- Rows whose file has no receipt: the cache of parsed files holds something that the journal does not know.
with
    row_of_file as (
        select 'head_value' as table_name, file_sha256, file_name from raw.head_value
        union
        select 'target_row', file_sha256, file_name from raw.target_row
        union
        select 'monitoring_row', file_sha256, file_name from raw.monitoring_row
        union
        select 'result_row', file_sha256, file_name from raw.result_row
        union
        select 'fact_row', file_sha256, file_name from raw.fact_row
        union
        select 'budget_entry', file_sha256, file_name from raw.budget_entry
        union
        select 'spending_entry', file_sha256, file_name from raw.spending_entry
        union
        select 'narrative', file_sha256, file_name from raw.narrative
    )

select *
from row_of_file
anti join raw.submitted_file using (file_sha256)
