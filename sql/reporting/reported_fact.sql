-- One row per fact of the basic data tables: the sum over the units that reported it.
-- A fact that no unit could put as a number has no value here; it is no zero.
with reported as (
    select fact_key, value, period
    from raw.fact_row
)
select
    fact_key,
    fact_key as definition_key,
    '' as subject_name,
    sum(value) as value,
    '' as text,
    max(period) as period,
    'raw.fact_row' as source_table,
    '' as rule_id
from reported
group by fact_key
order by fact_key
