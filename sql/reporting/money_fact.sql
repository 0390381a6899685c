-- One row per fact about the department's money: budget, spending by nature and source, what is left and why.
-- unspent = adjusted budget − executed; what carry-over and recovered money do not explain is named as such.
with whole as (
    select initial_budget_amount, adjusted_budget_amount, executed_amount
    from scoring.execution
    where subject_id = 'department'
),
at_cutoff as (
    select executed_amount as cutoff_executed_amount, adjusted_budget_amount as cutoff_adjusted_budget_amount
    from monitoring.execution
    where subject_id = 'department'
),
special_fund as (
    select coalesce(sum(executed_amount), 0) as executed_amount, coalesce(sum(adjusted_budget_amount), 0) as budget_amount
    from scoring.execution
    join (select project_id as subject_id from targets.project where is_special_fund) project using (subject_id)
),
budget_by_nature as (
    select
        coalesce(sum(amount) filter (where expenditure = 'basic'), 0) as basic_adjusted_budget_amount,
        coalesce(sum(amount) filter (where expenditure = 'project'), 0) as project_adjusted_budget_amount
    from raw.budget_entry
),
spending as (
    select
        coalesce(sum(amount) filter (where expenditure = 'basic'), 0) as basic_executed_amount,
        coalesce(sum(amount) filter (where expenditure = 'project'), 0) as project_executed_amount,
        coalesce(sum(amount) filter (where funding_source = 'general_public_budget'), 0)
            as general_public_budget_executed_amount,
        coalesce(sum(amount) filter (where funding_source = 'government_fund'), 0) as government_fund_executed_amount,
        coalesce(sum(amount) filter (where funding_source = 'state_capital'), 0) as state_capital_executed_amount,
        coalesce(sum(amount) filter (where funding_source = 'other'), 0) as other_executed_amount
    from raw.spending_entry
),
explained as (
    select coalesce(sum(value), 0) as amount
    from reporting.reported_fact
    where fact_key in ('carry_over_amount', 'recovered_amount')
),
figures as (
    select
        whole.*,
        budget_by_nature.*,
        spending.*,
        adjusted_budget_amount - whole.executed_amount as unspent_amount,
        adjusted_budget_amount - whole.executed_amount - explained.amount as unexplained_amount,
        share_of(whole.executed_amount, adjusted_budget_amount) as execution_rate,
        share_of(project_executed_amount, project_adjusted_budget_amount) as project_execution_rate,
        share_of(special_fund.executed_amount, special_fund.budget_amount) as special_fund_execution_rate,
        at_cutoff.*,
        share_of(cutoff_executed_amount, cutoff_adjusted_budget_amount) as cutoff_execution_rate
    from whole, at_cutoff, special_fund, budget_by_nature, spending, explained
),
exact as (
    select columns(*)::decimal(28, 6) from figures
),
lines as (
    select definition_key, value from exact unpivot include nulls (value for definition_key in (columns(*)))
)
select
    definition_key as fact_key,
    definition_key,
    '' as subject_name,
    value,
    '' as text,
    case when starts_with(definition_key, 'cutoff_') then cutoff_period(fiscal_year, cutoff_month) else '' end as period,
    'scoring.execution' as source_table,
    '' as rule_id
from lines, (select fiscal_year from raw.cycle) cycle, (select cutoff_month from ref.policy) policy
order by fact_key
