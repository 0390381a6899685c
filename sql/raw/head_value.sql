-- One row per captioned cell at the head of a form, of the file in force.
select head_value.*
from parsed.head_value
semi join raw.form_version using (form, subject_id, file_sha256, sheet)
order by form, subject_id, field
