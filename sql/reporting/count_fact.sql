-- One row per count: units, projects, indicators, lights; key projects where the edition says which are; projects by grade
-- where it defines such counts.
with department_indicator as (
    select level1, level2, status
    from targets.indicator
    left join (select indicator_id, status from scoring.indicator_score) score using (indicator_id)
    where subject_kind = 'department'
),
figures as (
    select
        (select count(*) from raw.unit) as unit_count,
        (select count(*) from raw.unit where not is_headquarters) as sub_unit_count,
        (select count(*) from targets.project) as project_count,
        (select count(distinct level1) from department_indicator) as level1_count,
        (select count(distinct level2) from department_indicator) as level2_count,
        (select count(*) from department_indicator) as level3_count,
        (select count(*) from department_indicator where status = 'met') as met_count,
        (select count(*) from department_indicator where status = 'not_met') as unmet_count,
        (select count(*) from targets.indicator) as indicator_count,
        (select fiscal_year from raw.cycle) as fiscal_year,
        (select count(*) from targets.indicator where subject_kind = 'project') as project_indicator_count
),
monitored as (
    select
        (select count(*) from monitoring.key_project) as key_project_count,
        (select coalesce(sum(initial_amount), 0) from monitoring.key_project) as key_project_amount,
        (select min(minimum_amount) from ref.key_rule) as key_project_minimum_amount,
        (select max(cutoff_month) from ref.policy) as cutoff_month
),
graded as (
    select grade, grade_name, band.rule_id, count(project_id) as project_count
    from ref.grade_band band left join (select grade, project_id from scoring.project_score) score using (grade)
    where 'graded_{grade}_count' in (select fact_key from ref.fact_definition)
    group by grade, grade_name, band.rule_id
),
lines as (
    select definition_key as fact_key, definition_key, '' as subject_name, value, '' as period,
        'targets.indicator' as source_table, '' as rule_id
    from (select columns(*)::decimal(28, 6) from figures) unpivot (value for definition_key in (columns(*)))
    union all
    select definition_key, definition_key, '', value, 'cutoff', 'monitoring.key_project',
        case when starts_with(definition_key, 'key_project_') then (select min(rule_id) from ref.key_rule) else '' end
    from (select columns(*)::decimal(28, 6) from monitored) unpivot (value for definition_key in (columns(*)))
    where not starts_with(definition_key, 'key_project_') or exists (from ref.key_rule)
    union all
    select case track when 'execution' then 'execution_' else '' end || light || '_count' as lights, lights, '',
        light_count, 'cutoff', 'monitoring.key_project', ''
    from reporting.light_count
    union all
    select 'graded_' || grade || '_count', 'graded_{grade}_count', grade_name, project_count, '', 'scoring.project_score',
        rule_id
    from graded
)
select
    fact_key,
    definition_key,
    subject_name,
    value,
    case definition_key when 'fiscal_year' then fiscal_year::varchar else '' end as text,
    case period when 'cutoff' then cutoff_period(fiscal_year, cutoff_month) else '' end as period,
    source_table,
    rule_id
from lines, (select fiscal_year from raw.cycle) cycle, (select cutoff_month from ref.policy) policy
order by fact_key
