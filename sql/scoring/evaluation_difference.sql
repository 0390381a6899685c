-- One row per kind of evaluation and indicator that it scored again, and per project's total. The total takes what was
-- not scored again from the self-evaluation: 100 · Σ points ÷ Σ weights that apply, at most the cap.
with checked as (
  select e.evaluation_kind, s.subject_id, indicator_id, e.level3, s.weight, s.points as self_points, e.points,
    s.status, reason, e.file_sha256, e.file_name, e.sheet, e.points_cell
  from scoring.evaluation e join scoring.indicator_score s using (indicator_id)
  where match_number = 1 and e.points between 0 and s.weight
),
moved as (
  select evaluation_kind, subject_id as project_id, any_value(file_sha256) as file_sha256,
    any_value(file_name) as file_name, any_value(sheet) as sheet,
    sum(points - self_points) filter (status <> 'not_applicable') as moved_points
  from checked group by evaluation_kind, subject_id
),
project as (
  select m.*, project_name, total as self_total,
    least(maximum_points, coalesce(points_of(half_up(
      cents(sum_points + coalesce(moved_points, 0)) * 10000, cents(execution_weight + indicator_weight))), 0)) as total
  from moved m join scoring.project_score using (project_id)
),
line as (
  select evaluation_kind, subject_id, indicator_id as key, level3 as name, weight, self_points, points, reason,
    file_sha256, file_name, sheet, points_cell as cell
  from checked
  union all
  select evaluation_kind, project_id, 'total', project_name, 100, self_total, total, '', file_sha256, file_name, sheet, ''
  from project
)
select
  evaluation_kind,
  subject_id,
  key,
  name,
  weight,
  self_points,
  points,
  points - self_points as difference,
  reason,
  file_sha256,
  file_name,
  sheet,
  cell
from line
order by evaluation_kind, subject_id, key = 'total', key
