-- One row per fact and unit that a scorecard row reads: reported in a basic data table, or derived here for the whole.
with reported as (
  select fact_key, unit_id, value, 'reported' as origin, file_sha256, file_name, sheet, cell
  from raw.fact_row
  where value is not null and fact_key in (select fact_key from ref.fact_definition where is_reported)
),
-- The department's own indicators, by the edition's word for their first level.
indicator as (
  select coalesce(code, level1) as branch, points, s.weight
  from scoring.indicator_score s
  join scoring.indicator_result using (indicator_id)
  left join ref.word w on w.list_name = 'level1' and w.word = level1
  where s.subject_kind = 'department' and s.status <> 'not_applicable'
),
indicator_sum as (
  select
    sum(points) filter (branch = 'output') as department_output_points,
    sum(weight) filter (branch = 'output') as department_output_weight,
    sum(points) filter (branch in ('benefit', 'satisfaction')) as department_benefit_points,
    sum(weight) filter (branch in ('benefit', 'satisfaction')) as department_benefit_weight
  from indicator
),
money as (
  select executed_amount, adjusted_budget_amount, initial_budget_amount
  from scoring.execution where subject_id = 'department'
),
change as (
  select sum(abs(amount)) as budget_change_amount from raw.budget_entry where change_kind <> 'initial'
),
key_project as (
  select
    cast(sum(total * cast(adjusted_budget_amount as decimal(28, 2))) as decimal(32, 4)) * 0.01
      as key_project_earned_amount,
    sum(adjusted_budget_amount) as key_project_adjusted_budget_amount
  from scoring.project_score where is_key
),
special_fund as (
  select
    sum(executed_amount) as special_fund_executed_amount,
    sum(adjusted_budget_amount) as special_fund_budget_amount
  from scoring.execution join targets.project on project_id = subject_id
  where is_special_fund
),
wide as (
  select columns(*)::decimal(28, 6)
  from indicator_sum cross join money cross join change cross join key_project cross join special_fund
),
derived as (
  select fact_key, value from wide unpivot include nulls (value for fact_key in (columns(*)))
)
select * from reported
union all
select fact_key, 'department', coalesce(value, 0), 'derived', '', '', '', '' from derived
order by fact_key, unit_id
