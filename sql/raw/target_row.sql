-- One row per indicator row of a target form, of the file in force.
select target_row.*
from parsed.target_row
semi join raw.form_version using (form, subject_id, file_sha256, sheet)
order by form, subject_id, row_number
