-- Each project with targets, and each of its indicators and the department's, is scored once.
select 'project' as kind, project_id as key from targets.project anti join scoring.project_score using (project_id)
union all
select 'indicator', indicator_id from targets.indicator anti join scoring.indicator_score using (indicator_id)
union all
select 'scorecard_row', row_id from ref.scorecard_row anti join scoring.scorecard_score using (row_id)
