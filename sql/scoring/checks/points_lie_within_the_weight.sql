-- 0 ≤ points ≤ weight for every indicator, project, scorecard part and scorecard row.
with scored as (
  select indicator_id as key, weight, curve_points as points from scoring.indicator_score
  union all
  select indicator_id, curve_points, computed_points from scoring.indicator_score
  union all
  select indicator_id, computed_points, points from scoring.indicator_score
  union all
  select project_id, execution_weight, execution_points from scoring.project_score
  union all
  select project_id, maximum_points, total from scoring.project_score
  union all
  select row_id || '/' || unit_id, weight, points from scoring.scorecard_part
  union all
  select row_id, weight, points from scoring.scorecard_score
)
select key, weight, points from scored where points < 0 or points > weight
