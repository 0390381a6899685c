-- One row per project, and one for the whole ('department'): money at the cut-off, basic expenditure in the whole alone.
-- Execution progress = (executed ÷ adjusted budget) ÷ (month ÷ 12); the budget is the one valid on the cut-off day, the
-- light is found in whole cents. Grey: no budget, or no ledger that knows of the spending unit.
with
    cutoff as (
        select cutoff_month, last_day(make_date(fiscal_year, cutoff_month, 1)) as cutoff_date
        from raw.cycle
        cross join ref.policy
    ),
    subject as (
        select project_id as subject_id, project_name as subject_name, unit_id
        from targets.project
        union all
        select 'department', authority_name, coalesce(unit_id, '')
        from raw.cycle
        left join (select first(unit_id order by position) as unit_id from raw.unit where is_headquarters) on true
    ),
    line as (
        select expenditure, project_id, amount as budget_amount, 0 as executed_amount, false as is_spending
        from raw.budget_entry
        join cutoff on effective_date <= cutoff_date
        union all
        select expenditure, project_id, 0, if(month <= cutoff_month, amount, 0), true
        from raw.spending_entry
        cross join cutoff
    ),
    entry as (
        select project_id as subject_id, * exclude (expenditure, project_id) from line where expenditure = 'project'
        union all
        select 'department', * exclude (expenditure, project_id) from line
    ),
    money as (
        select
            subject_id,
            sum(budget_amount) as budget_amount,
            sum(executed_amount) as executed_amount,
            bool_or(is_spending) as is_spending
        from entry
        group by subject_id
    ),
    total as (
        select
            subject.*,
            coalesce(budget_amount, 0) as budget_amount,
            coalesce(executed_amount, 0) as executed_amount,
            subject.unit_id in (select unit_id from raw.spending_entry) or coalesce(is_spending, false) as is_known
        from subject
        left join money using (subject_id)
    ),
    progress as (
        select
            *,
            'execution' as track,
            cast(executed_amount * 12 as decimal(28, 6)) as numerator,
            cast(budget_amount * cutoff_month as decimal(28, 6)) as denominator,
            if(is_known, progress_key(numerator, denominator), null) as key
        from total
        cross join cutoff
    )

select
    subject_id,
    subject_name,
    unit_id,
    cutoff_month,
    budget_amount as adjusted_budget_amount,
    executed_amount,
    share_of(executed_amount, budget_amount) as execution_rate,
    share_of(numerator, denominator) as progress_share,
    coalesce(light, 'grey') as light
from progress
asof left join ref.light_band on progress.track = light_band.track and key >= from_key
order by subject_id
