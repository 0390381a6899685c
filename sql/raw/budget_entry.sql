-- One row per line of a budget ledger, of the latest budget ledger of each unit that sends one.
with
    ledger as (select distinct file_sha256 from parsed.budget_entry),
    latest as (
        select arg_max(file_sha256, receipt_number) as file_sha256
        from ledger
        join raw.submitted_file using (file_sha256)
        group by unit_id
    )

select budget_entry.*
from parsed.budget_entry
semi join latest using (file_sha256)
order by file_name, file_sha256, line_number
