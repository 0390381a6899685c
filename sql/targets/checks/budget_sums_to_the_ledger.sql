-- Units whose initial budget differs from the initial lines of the ledger.
with
    ledger as (
        select unit_id, sum(amount) filter (change_kind = 'initial') as ledger_amount
        from raw.budget_entry
        group by unit_id
    ),
    budget as (
        select unit_id, sum(initial_amount) as initial_amount
        from targets.budget
        group by unit_id
    )

select unit_id, initial_amount, ledger_amount
from ledger
full join budget using (unit_id)
where coalesce(ledger_amount, 0) <> coalesce(initial_amount, 0)
