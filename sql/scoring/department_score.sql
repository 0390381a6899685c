-- One row: the department's total, its grade, and the weights it was earned from. Grade from the total. No row where the
-- edition has no department scorecard: nothing was scored.
with summed as (
  select sum(points) as total, sum(weight) as weight from scoring.scorecard_score having count(*) > 0
)
select
  total,
  weight,
  weight - total as lost_points,
  grade,
  grade_name
from summed asof left join ref.grade_band g on total >= g.minimum_points
