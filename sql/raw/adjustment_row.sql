-- One row per indicator row of an accepted adjustment of targets; every one counts, none replaces another.
select adjustment_row.*
from parsed.adjustment_row
semi join raw.submitted_file using (file_sha256)
order by file_name, file_sha256, sheet, row_number
