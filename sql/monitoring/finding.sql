-- One row per fault or question about monitoring: of a row of a form, of a subject as a whole.
select * from monitoring.row_finding
union all
select * from monitoring.set_finding
union all
select * from monitoring.outlook_finding
order by file_name, sheet, subject_id, rule_id, length(cell), cell, value
