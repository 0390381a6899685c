-- One row per line of a spending ledger, of the latest spending ledger of each unit that sends one.
with
    ledger as (select distinct file_sha256 from parsed.spending_entry),
    latest as (
        select arg_max(file_sha256, receipt_number) as file_sha256
        from ledger
        join raw.submitted_file using (file_sha256)
        group by unit_id
    )

select spending_entry.*
from parsed.spending_entry
semi join latest using (file_sha256)
order by file_name, file_sha256, line_number
