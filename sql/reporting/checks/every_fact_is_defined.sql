-- Every fact has a definition in the edition, and every derived definition that is no family gives a fact.
select fact_key, definition_key, '算出了，但规则版本没有定义' as fault
from reporting.fact
where definition_key not in (select fact_key from ref.fact_definition)
union all
select fact_key, fact_key, '规则版本定义为派生数据，但没有算出' as fault
from ref.fact_definition
where not is_reported and not contains(fact_key, '{') and fact_key not in (select fact_key from reporting.fact)
