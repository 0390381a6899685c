-- Rows of target forms that are no indicator although nobody was told so by an error: they would be lost silently.
select target_row.file_name, target_row.sheet, target_row.name_cell as cell, target_row.subject_id, target_row.level3
from raw.target_row
anti join targets.indicator_version using (file_sha256, sheet, name_cell)
anti join (from targets.finding where level = 'error') as reported
    on target_row.file_sha256 = reported.file_sha256
    and target_row.sheet = reported.sheet
    and target_row.name_cell = reported.cell
