-- One row per fact and unit of the basic data table (基础数据表), as reported.
with definition as (
    select fact_key, fact_name, format from ref.fact_definition
)
select
    row_number() over (order by fact_row.fact_key, unit.position) as position,
    fact_row.fact_key,
    coalesce(definition.fact_name, fact_row.fact_name) as fact_name,
    coalesce(unit_name, fact_row.unit_id) as unit_name,
    value,
    measure_unit,
    coalesce(format, 'number') as format,
    period,
    source,
    note,
    file_name,
    sheet,
    cell
from raw.fact_row fact_row
left join definition on definition.fact_key = fact_row.fact_key
left join raw.unit unit on unit.unit_id = fact_row.unit_id
where value is not null
order by position
