-- One row per project: execution points + indicator points, rescaled and capped as the edition says.
-- execution points = weight · executed ÷ adjusted budget, at most the weight; a zero budget by the edition's policy;
-- total = 100 · Σ points ÷ Σ weights of what is scored, capped by the unrounded execution rate; grade from the total.
with indicator as (
  select subject_id, sum(points) as indicator_points,
    sum(weight) filter (status <> 'not_applicable') as indicator_weight,
    sum(weight) filter (status = 'not_applicable') as not_applicable_weight
  from scoring.indicator_score group by subject_id
),
measured as (
  select project_id, project_name, p.unit_id, adjusted_budget_amount, executed_amount, zero_budget,
    w.execution_weight as full_weight,
    adjusted_budget_amount <= 0 as is_zero_budget,
    coalesce(indicator_weight, 0) as indicator_weight,
    coalesce(indicator_points, 0) as indicator_points,
    coalesce(not_applicable_weight, 0) as not_applicable_weight,
    case when adjusted_budget_amount > 0
      then achievement_key(executed_amount, adjusted_budget_amount) end as rate_key
  from targets.project p
  join scoring.execution e on e.subject_id = p.project_id
  join ref.weight_scheme w on w.subject_kind = 'project'
  left join indicator i on i.subject_id = p.project_id
  cross join ref.policy
),
executed as (
  select *,
    case when is_zero_budget and zero_budget = 'exclude' then 0 else full_weight end as execution_weight,
    case when is_zero_budget then case when zero_budget = 'full' then full_weight else 0 end
      else curve_points(full_weight, least(executed_amount, adjusted_budget_amount), adjusted_budget_amount, 1, 0, 1)
      end as execution_points
  from measured
),
summed as (
  select *, execution_points + indicator_points as sum_points,
    coalesce(points_of(half_up(cents(execution_points + indicator_points) * 10000,
      cents(execution_weight + indicator_weight))), 0) as rescaled_points
  from executed
),
capped as (
  select s.*, coalesce(c.maximum_points, 100) as maximum_points, coalesce(c.rule_id, '') as cap_rule_id,
    least(rescaled_points, coalesce(c.maximum_points, 100)) as total
  from summed s asof left join ref.cap c on s.rate_key >= c.from_key
)
select
  project_id,
  project_name,
  unit_id,
  project_id in (select project_id from monitoring.key_project) as is_key,
  adjusted_budget_amount,
  execution_weight,
  execution_points,
  indicator_weight,
  indicator_points,
  not_applicable_weight,
  sum_points,
  rescaled_points,
  maximum_points,
  cap_rule_id,
  total,
  grade,
  grade_name
from capped asof left join ref.grade_band g on total >= g.minimum_points
order by project_id
