-- Basic and project spending, and the four funding sources, each sum to what was spent; months do as well.
with money as (
    select fact_key, value from reporting.fact
),
whole as (
    select value as executed from money where fact_key = 'executed_amount'
),
part as (
    select '基本支出＋项目支出' as name, sum(value) as amount
    from money where fact_key in ('basic_executed_amount', 'project_executed_amount')
    union all
    select '按资金来源合计', sum(value)
    from money
    where fact_key in ('general_public_budget_executed_amount', 'government_fund_executed_amount',
        'state_capital_executed_amount', 'other_executed_amount')
    union all
    select '各月合计', sum(executed_amount) from reporting.spending_month
)
select name, amount, executed
from part, whole
where amount <> executed
