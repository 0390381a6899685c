-- One row per figure of the department scorecard: total, grade, rows, parts, and what the rows read, as far as the edition
-- defines it. Without a scorecard there is no total, and nothing that it could have lost.
-- lost_points is what the ledger of the department sums to; the check holds it to 100 − total.
with score as (
    select total, weight, lost_points, grade, grade_name from scoring.department_score
),
part as (
    select
        row_number() over (order by min(position)) as number,
        part,
        sum(weight) as weight,
        sum(points) as points
    from scoring.scorecard_score
    group by part
),
derived as (
    select fact_key, value
    from scoring.scorecard_fact
    where origin = 'derived' and unit_id = 'department'
        and fact_key not in (select fact_key from reporting.money_fact)
        and fact_key in (select fact_key from ref.fact_definition)
),
line as (
    select count(*) as loss_count from scoring.lost_point where scope_id = 'department'
),
lines as (
    select 'total_points' as fact_key, 'total_points' as definition_key, '' as subject_name, total as value,
        '' as text, '' as rule_id
    from score
    union all
    select 'lost_points', 'lost_points', '', lost_points, '', '' from score
    union all
    select 'total_weight', 'total_weight', '', weight, '', '' from score
    union all
    select 'grade', 'grade', '', null, grade_name, coalesce(band.rule_id, '')
    from score left join (select grade, rule_id from ref.grade_band) band using (grade)
    union all
    select 'loss_count', 'loss_count', '', loss_count, '', '' from score, line
    union all
    select 'part_' || number || '_weight', 'part_{number}_weight', part, weight, '', '' from part
    union all
    select 'part_' || number || '_points', 'part_{number}_points', part, points, '', '' from part
    union all
    select 'scorecard_' || key_part(row_id) || '_points', 'scorecard_{row}_points', row_name, points, '', rule_id
    from scoring.scorecard_score
    union all
    select fact_key, fact_key, '', value, '', '' from derived
)
select
    fact_key,
    definition_key,
    subject_name,
    value,
    text,
    '' as period,
    case definition_key when fact_key then 'scoring.department_score' else 'scoring.scorecard_score' end
        as source_table,
    rule_id
from lines
order by fact_key
