-- The department's money at the cut-off where it differs from the sum of all ledger lines up to then.
with
    spent as (
        select coalesce(sum(amount), 0) as spent_amount
        from raw.spending_entry
        cross join ref.policy
        where month <= cutoff_month
    )

select subject_id, executed_amount, spent_amount
from monitoring.execution
cross join spent
where subject_id = 'department' and executed_amount <> spent_amount
