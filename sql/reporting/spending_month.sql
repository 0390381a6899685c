-- One row per month: money spent, cumulative, against the adjusted budget due by then (month ÷ 12), half-up to the 分.
with month as (
    select unnest(range(1, 13)) as month
),
budget as (
    select cast(adjusted_budget_amount * 100 as hugeint) as cents from scoring.execution where subject_id = 'department'
),
spent as (
    select month, coalesce(sum(amount), 0) as executed_amount
    from month
    left join (select month, amount from raw.spending_entry) entry using (month)
    group by month
)
select
    month,
    executed_amount,
    sum(executed_amount) over (order by month) as cumulative_amount,
    cast((2 * cents * month + 12) // 24 as decimal(28, 0)) * 0.01 as due_amount
from spent
cross join budget
order by month
