-- Every printed score and amount reaches at least one input cell.
select fact_key
from reporting.fact
anti join reporting.fact_source using (fact_key)
where value is not null and value <> 0
    and (fact_key in ('total_points', 'execution_rate', 'executed_amount', 'adjusted_budget_amount')
        or definition_key = 'indicator_{number}_actual')
