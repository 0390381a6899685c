-- One row per indicator and cause of a loss: the points before it and after it. From the weight down to the points,
-- step by step, so that what the steps take away is exactly weight − points.
with scored as (
  select indicator_id, s.weight, curve_points, computed_points, points, s.status
  from scoring.indicator_score s
),
step as (
  select indicator_id, if(status in ('not_available', 'not_applicable'), status, 'shortfall') as line_kind,
    weight, curve_points as points
  from scored
  union all
  select indicator_id, 'over_completion', curve_points, computed_points from scored
  union all
  select indicator_id, 'judgement', computed_points, points from scored
)
select indicator_id, line_kind, weight, points
from step
where weight <> points
order by indicator_id, weight desc, line_kind
