-- One row per indicator that the report lists and word of it: target and actual, printed as people wrote them.
-- The department's indicators are indicator_{number}_…, those of a project project_{id}_indicator_{number}_….
with numbered as (
    select
        indicator_prefix(subject_kind, subject_id, position, indicator_id) as prefix,
        case subject_kind when 'department' then '' else 'project_{id}_' end || 'indicator_{number}_' as family,
        indicator_id,
        subject_id,
        level3,
        target_text
    from targets.indicator
),
indicator as (
    select numbered.*, actual_text, actual, rule_id
    from (select * from numbered where subject_id = 'department'
        or subject_id in (select project_id from reporting.listed_project)) numbered
    join (select indicator_id, actual_text, actual from scoring.indicator_result) using (indicator_id)
    join (select indicator_id, rule_id from scoring.indicator_achievement) using (indicator_id)
)
select
    prefix || 'target' as fact_key,
    family || 'target' as definition_key,
    level3 as subject_name,
    null as value,
    target_text as text,
    '' as period,
    'targets.indicator' as source_table,
    '' as rule_id
from indicator
union all
select
    prefix || 'actual',
    family || 'actual',
    level3,
    actual,
    actual_text,
    '',
    'scoring.indicator_result',
    rule_id
from indicator
order by fact_key
