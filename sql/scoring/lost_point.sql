-- One row per loss: a scorecard row of the department, or an indicator, execution, rescale or cap of a project.
-- Within each scope the lines sum to exactly 100 − total; a rescale line gives points back and is negative.
with said as (
  select row_id, joined(string_agg(reason, '；' order by first_number)) as reason
  from (
    select row_id, reason, min(source_number) as first_number
    from scoring.scorecard_source where reason <> '' group by row_id, reason
  )
  group by row_id
),
scorecard as (
  select 'department' as scope_id, position as line_order, 'scorecard' as line_kind, row_id as key, s.row_name as name,
    s.rule_id, s.weight, points, criterion as target_text,
    read_text as actual_text, numerator, denominator, coalesce(reason, '') as reason
  from scoring.scorecard_score s
  left join said using (row_id)
),
indicator as (
  select r.subject_id, r.order_number, line_kind, indicator_id, level3, rule_id, l.weight, l.points, target_text,
    actual_text, numerator, denominator, deviation_reason
  from scoring.indicator_loss l
  join scoring.indicator_achievement using (indicator_id)
  join scoring.indicator_result r using (indicator_id)
  where subject_kind = 'project'
),
project as (
  select p.*, e.executed_amount, w.rule_id, w.execution_weight as full_weight,
    100 - (indicator_weight - indicator_points) - not_applicable_weight
      - (w.execution_weight - execution_points) as kept_points,
    coalesce(share_of(e.executed_amount, nullif(greatest(e.adjusted_budget_amount, 0), 0)), 0) as rate,
    coalesce((select any_value(text) from raw.head_value h
      where h.subject_id = project_id and field = 'execution_reason'), '') as reason
  from scoring.project_score p
  join scoring.execution e on e.subject_id = project_id
  join ref.weight_scheme w on w.subject_kind = 'project'
),
line as (
  select * from scorecard
  union all
  select * from indicator
  union all
  select project_id, 1000001, 'execution', project_id, project_name, rule_id, full_weight, execution_points,
    measured(adjusted_budget_amount, '元'), measured(executed_amount, '元'), executed_amount, adjusted_budget_amount, reason
  from project
  union all
  select project_id, 1000002, 'rescale', project_id, project_name, rule_id, kept_points, rescaled_points,
    '100', plain(execution_weight + indicator_weight), sum_points, execution_weight + indicator_weight, ''
  from project
  union all
  select project_id, 1000003, 'cap', project_id, project_name, cap_rule_id, rescaled_points, total,
    plain(maximum_points), in_percent(rate), executed_amount, adjusted_budget_amount, reason
  from project
)
select scope_id,
  row_number() over (partition by scope_id order by line_order, key, weight desc, line_kind) as line_number,
  line_kind, key, name, rule_id, weight, points, weight - points as lost_points, target_text, actual_text,
  numerator, denominator, reason
from line
where weight <> points
order by scope_id, line_number
