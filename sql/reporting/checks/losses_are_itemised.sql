-- The lines of the department's ledger sum to the points lost, and the points lost are 100 less the total.
with line as (
    select coalesce(sum(lost_points), 0) as itemised from reporting.loss where scope_id = 'department'
),
score as (
    select
        max(value) filter (where fact_key = 'total_points') as total,
        max(value) filter (where fact_key = 'lost_points') as lost
    from reporting.fact
)
select total, lost, itemised
from line, score
where lost <> itemised or total + lost <> 100
