-- One row per indicator row of a self-evaluation form, of the file in force.
select result_row.*
from parsed.result_row
semi join raw.form_version using (form, subject_id, file_sha256, sheet)
order by form, subject_id, row_number
