-- One row per count: units, projects, indicators, lights; and the bound of what is a key project.
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
lines as (
    select definition_key, value, '' as period
    from (select columns(*)::decimal(28, 6) from figures) unpivot (value for definition_key in (columns(*)))
    union all
    select definition_key, value, 'cutoff'
    from (select columns(*)::decimal(28, 6) from monitored) unpivot (value for definition_key in (columns(*)))
    union all
    select case track when 'execution' then 'execution_' else '' end || light || '_count', light_count, 'cutoff'
    from reporting.light_count
)
select
    definition_key as fact_key,
    definition_key,
    '' as subject_name,
    value,
    case definition_key when 'fiscal_year' then fiscal_year::varchar else '' end as text,
    case period when 'cutoff' then cutoff_period(fiscal_year, cutoff_month) else '' end as period,
    case period when 'cutoff' then 'monitoring.key_project' else 'targets.indicator' end as source_table,
    case when definition_key like 'key_project_%' then coalesce((select min(rule_id) from ref.key_rule), '') else '' end
        as rule_id
from lines, (select fiscal_year from raw.cycle) cycle, (select cutoff_month from ref.policy) policy
order by fact_key
