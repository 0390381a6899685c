-- Indicators whose subject has no target set, or which hang on another form than it.
select indicator_id, subject_id, file_name, sheet, name_cell as cell
from targets.indicator
anti join targets.target_set using (subject_id, subject_kind, unit_id, file_sha256, sheet)
