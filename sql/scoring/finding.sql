-- One row per fault or question about a self-evaluation form or basic data table; the level is the edition's.
select * from scoring.indicator_finding
union all
select * from scoring.money_finding
union all
select * from scoring.fact_finding
union all
select * from scoring.evaluation_finding
union all
select * from scoring.evidence_finding
order by rule_id, subject_id, file_name, cell
