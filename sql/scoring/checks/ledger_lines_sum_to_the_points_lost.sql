-- 100 − total = Σ lost points, exactly, for the department and for each project; every line is before − after.
with total as (
  select 'department' as scope_id, total from scoring.department_score
  union all
  select project_id, total from scoring.project_score
),
lost as (
  select scope_id, sum(lost_points) as lost_points, bool_and(lost_points = weight - points) as is_balanced
  from scoring.lost_point group by scope_id
)
select scope_id, total, 100 - total as expected_lost_points, coalesce(lost_points, 0) as lost_points
from total full join lost using (scope_id)
where total is null or coalesce(lost_points, 0) <> 100 - total or not coalesce(is_balanced, true)
