-- One row per unit, expenditure, project and funding source: the initial budget and the ledger lines it sums.
-- Where money came only by later changes the initial budget is zero and the lines are those of the changes.
with
    line as (
        select *, change_kind = 'initial' as is_initial
        from raw.budget_entry
    )

select
    unit_id,
    expenditure,
    project_id,
    funding_source,
    coalesce(sum(amount) filter (is_initial), 0) as initial_amount,
    min(file_sha256) as file_sha256,
    arg_min(file_name, file_sha256) as file_name,
    coalesce(
        string_agg('行 ' || line_number, '、' order by line_number) filter (is_initial),
        string_agg('行 ' || line_number, '、' order by line_number)
    ) as cell
from line
group by unit_id, expenditure, project_id, funding_source
order by unit_id, expenditure, project_id, funding_source
