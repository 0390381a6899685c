-- One row per project that the report lists and fact about its money and its score.
-- The project's id stands in the key with small letters and underlines: P-001 gives project_p_001_total.
with project as (
    select
        project_id,
        project_name,
        initial_budget_amount,
        adjusted_budget_amount,
        executed_amount,
        execution_rate,
        total,
        lost_points
    from (
        select
            score.project_id,
            score.project_name,
            execution.initial_budget_amount,
            execution.adjusted_budget_amount,
            execution.executed_amount,
            share_of(execution.executed_amount, execution.adjusted_budget_amount) as execution_rate,
            score.total,
            100 - score.total as lost_points
        from scoring.project_score score
        join scoring.execution execution on execution.subject_id = score.project_id
        semi join reporting.listed_project using (project_id)
    )
),
exact as (
    select project_id, project_name, columns(* exclude (project_id, project_name))::decimal(28, 6) from project
),
lines as (
    select project_id, project_name, figure, value
    from exact unpivot include nulls (value for figure in (columns(* exclude (project_id, project_name))))
)
select
    project_prefix(project_id) || figure as fact_key,
    'project_{id}_' || figure as definition_key,
    project_name as subject_name,
    value,
    '' as text,
    '' as period,
    'scoring.project_score' as source_table,
    '' as rule_id
from lines
order by fact_key
