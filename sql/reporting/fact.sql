-- One row per fact that a sentence may print, named, formatted and explained by the edition's fact definitions.
-- A key that several tables give would stand here twice and break the contract: one fact, one value.
with figure as (
    select 1 as family, * from reporting.score_fact
    union all
    select 2, * from reporting.money_fact
    union all
    select 3, * from reporting.count_fact
    union all
    select 4, * from reporting.project_fact
    union all
    select 5, * from reporting.indicator_fact
    union all
    select 6, * from reporting.reported_fact
    where fact_key not in (select fact_key from reporting.money_fact)
),
definition as (
    select fact_key as definition_key, fact_name, measure_unit, format, formula
    from ref.fact_definition
),
rule as (
    select rule_id, document, clause from ref.rule
)
select
    figure.fact_key,
    definition_key,
    coalesce(replace(fact_name, '{subject}', subject_name), '') as fact_name,
    value,
    text,
    coalesce(measure_unit, '') as measure_unit,
    coalesce(format, 'text') as format,
    case period when '' then cycle.fiscal_year || '年' else period end as period,
    coalesce(replace(formula, '{subject}', subject_name), '') as formula,
    source_table,
    coalesce(document, '') as document,
    coalesce(clause, '') as clause,
    row_number() over (
        order by
            family,
            coalesce(list_position(['total_points', 'grade', 'lost_points', 'loss_count'], figure.fact_key), 9),
            regexp_replace(figure.fact_key, '\d+_[a-z]+$', ''),
            try_cast(regexp_extract(figure.fact_key, '(\d+)_[a-z]+$', 1) as integer),
            figure.fact_key
    ) as position
from figure
left join definition using (definition_key)
left join rule using (rule_id)
cross join (select fiscal_year from raw.cycle) cycle
order by position
