-- One row per indicator and word of it: the target and the actual, printed as people wrote them.
-- The department's indicators are indicator_{number}_…, those of a project project_{id}_indicator_{number}_….
with indicator as (
    select
        case subject_kind
            when 'department' then 'indicator_'
            else 'project_' || key_part(subject_id) || '_indicator_'
        end as prefix,
        row_number() over (partition by subject_id order by position, indicator_id) as number,
        case subject_kind when 'department' then 'indicator_{number}_' else 'project_{id}_indicator_{number}_' end
            as family,
        level3,
        target.target_text,
        achievement.actual_text,
        achievement.actual,
        achievement.rule_id
    from targets.indicator target
    join (select indicator_id, actual_text, actual, rule_id from scoring.indicator_achievement) achievement
        using (indicator_id)
)
select
    prefix || number || '_target' as fact_key,
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
    prefix || number || '_actual',
    family || 'actual',
    level3,
    actual,
    actual_text,
    '',
    'scoring.indicator_achievement',
    rule_id
from indicator
order by fact_key
