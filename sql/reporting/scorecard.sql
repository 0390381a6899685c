-- One row per scored row of the scorecard as printed: standard, facts, points, loss, clause, input cells.
with fact_name as (
    select fact_key, fact_name, format, measure_unit from ref.fact_definition
),
place as (
    select fact_key, file_name, file_sha256, sheet, min(source_number) as first_source,
        string_agg(distinct cell, '、' order by cell) as cells
    from reporting.fact_source
    group by fact_key, file_name, file_sha256, sheet
),
source as (
    select fact_key, string_agg(address_of(file_name, sheet, cells), chr(10) order by first_source) as sources
    from place
    group by fact_key
)
select
    row_id,
    score.position,
    'scorecard_' || key_part(row_id) || '_points' as fact_key,
    score.part,
    score.group_name,
    score.row_name,
    score.criterion,
    score.roll_up,
    score.weight,
    score.points,
    score.weight - score.points as lost_points,
    coalesce(numerator_fact.fact_name, '') as numerator_name,
    numerator,
    coalesce(numerator_fact.format, '') as numerator_format,
    coalesce(numerator_fact.measure_unit, '') as numerator_unit,
    coalesce(denominator_fact.fact_name, '') as denominator_name,
    denominator,
    coalesce(denominator_fact.format, '') as denominator_format,
    coalesce(denominator_fact.measure_unit, '') as denominator_unit,
    coalesce(rule.document, '') as document,
    coalesce(rule.clause, '') as clause,
    coalesce(rule.is_verified, false) as is_verified,
    coalesce(sources, '') as sources
from scoring.scorecard_score score
join ref.scorecard_row standard using (row_id)
left join fact_name numerator_fact on numerator_fact.fact_key = standard.numerator_fact
left join fact_name denominator_fact on denominator_fact.fact_key = standard.denominator_fact
left join ref.rule rule on rule.rule_id = score.rule_id
left join source on source.fact_key = 'scorecard_' || key_part(row_id) || '_points'
order by position
