-- One row per project whose money asks for a decision: what is proposed, how much, and why. People decide (M04, M07).
-- Expected to stay unspent: adjusted budget less the officer's full-year forecast, else less the run rate. cut: more than
-- the edition's share stays unspent · suspend: money and goals are both red.
with
    officer as (
        select subject_id, max(number) as forecast_amount
        from raw.head_value
        where field = 'forecast_amount'
        group by subject_id
    ),
    expected as (
        select
            subject_id,
            subject_name,
            unit_id,
            adjusted_budget_amount,
            executed_amount,
            forecast_amount is not null as is_officers,
            coalesce(forecast_amount, least(executed_amount * 12 / cutoff_month, adjusted_budget_amount)) as expected_amount,
            greatest(adjusted_budget_amount - expected_amount, 0) as unspent_amount,
            execution.light as execution_light,
            goal_light
        from monitoring.execution
        join monitoring.subject_light using (subject_id, subject_name, unit_id)
        left join officer using (subject_id)
        where subject_id <> 'department' and adjusted_budget_amount > 0 and execution.light <> 'grey'
    ),
    judged as (
        select
            *,
            unspent_amount > parameter * adjusted_budget_amount as is_idle,
            execution_light = 'red' and goal_light = 'red' as is_serious
        from expected
        left join ref.check_rule on rule_id = 'M04'
    )

select
    subject_id,
    subject_name,
    unit_id,
    if(is_serious, 'suspend', 'cut') as proposal,
    adjusted_budget_amount,
    executed_amount,
    expected_amount,
    unspent_amount,
    if(is_officers, '填报人的全年预计', '按月均推算') as basis,
    execution_light,
    goal_light
from judged
where is_idle or is_serious
order by unspent_amount desc, subject_id
