-- One row: the department's total, its grade, and the weights it was earned from. Grade from the total.
with summed as (
  select coalesce(sum(points), 0) as total, coalesce(sum(weight), 0) as weight from scoring.scorecard_score
)
select
  total,
  weight,
  weight - total as lost_points,
  grade,
  grade_name
from summed asof left join ref.grade_band g on total >= g.minimum_points
