-- Indicators whose subject has no target set; those of a target form which hang on another form than it.
select indicator_id, subject_id, file_name, sheet, name_cell as cell
from targets.indicator_version
left join (from targets.target_set select subject_id, subject_kind, unit_id as set_unit_id, file_sha256 as set_sha256,
    sheet as set_sheet) using (subject_id, subject_kind)
where set_sha256 is null
    or (receipt_number = 0 and (unit_id, file_sha256, sheet) is distinct from (set_unit_id, set_sha256, set_sheet))
