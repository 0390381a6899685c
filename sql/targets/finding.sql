-- One row per fault or question about the targets: of a row, of a whole form, of its standing beside approval and money.
select * from targets.row_finding
union all
select * from targets.wording_finding
union all
select * from targets.set_finding
union all
select * from targets.version_finding
union all
select * from targets.adjustment_finding
union all
select * from targets.adjusted_target_finding
union all
select * from targets.weight_finding
order by file_name, sheet, subject_id, rule_id, length(cell), cell, value
