-- One row per project: money, points, grade, lights at mid-year. Key projects come first, the largest on top.
with unit as (
    select unit_id, unit_name from raw.unit
),
money as (
    select subject_id as project_id, initial_budget_amount, executed_amount, execution.adjusted_budget_amount
    from scoring.execution execution
),
light as (
    select subject_id as project_id, goal_light, execution_light from monitoring.subject_light
)
select
    project_id,
    row_number() over (order by is_key desc, money.adjusted_budget_amount desc, project_id) as position,
    project_prefix(project_id) as fact_prefix,
    score.project_name,
    coalesce(unit_name, score.unit_id) as unit_name,
    is_key,
    listed.project_id is not null as is_listed,
    goal,
    initial_budget_amount,
    money.adjusted_budget_amount,
    executed_amount,
    share_of(executed_amount, money.adjusted_budget_amount) as execution_rate,
    execution_weight,
    execution_points,
    indicator_weight,
    indicator_points,
    total,
    grade_name,
    coalesce(goal_light, 'grey') as goal_light,
    coalesce(execution_light, 'grey') as execution_light
from scoring.project_score score
join money using (project_id)
join (select project_id, goal from targets.project) goal using (project_id)
left join unit on unit.unit_id = score.unit_id
left join light using (project_id)
left join (select project_id from reporting.listed_project) listed using (project_id)
order by position
