-- One row per fact that a unit reports, of the latest file with facts of that unit: a file replaces the one before whole.
with
    latest as (
        select fact_row.unit_id, arg_max(file_sha256, receipt_number) as file_sha256
        from parsed.fact_row
        join raw.submitted_file using (file_sha256)
        group by fact_row.unit_id
    )

select fact_row.*
from parsed.fact_row
semi join latest using (unit_id, file_sha256)
order by unit_id, fact_key
