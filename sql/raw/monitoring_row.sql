-- One row per indicator row of a monitoring form, of the file in force.
select monitoring_row.*
from parsed.monitoring_row
semi join raw.form_version using (form, subject_id, file_sha256, sheet)
order by form, subject_id, row_number
