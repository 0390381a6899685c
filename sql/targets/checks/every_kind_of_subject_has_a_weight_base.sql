-- Subjects with a target form that the edition gives no weight base: they would drop out of everything that follows.
select form, subject_id, file_name, sheet
from raw.form_version
anti join targets.target_set using (subject_id)
where is_target_form
