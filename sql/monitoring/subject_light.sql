-- One row per project, and one for the department: the worst light of its indicators, the light of its money.
-- red > yellow > green > blue; grey only where every indicator is grey, and how many are is counted.
with
    goal as (
        select
            subject_id,
            count(*) as indicator_count,
            count(*) filter (light = 'grey') as grey_count,
            case
                when bool_or(light = 'red') then 'red'
                when bool_or(light = 'yellow') then 'yellow'
                when bool_or(light = 'green') then 'green'
                when bool_or(light = 'blue') then 'blue'
                else 'grey'
            end as goal_light
        from monitoring.indicator_progress
        group by subject_id
    )

select
    subject_id,
    subject_name,
    unit_id,
    coalesce(goal_light, 'grey') as goal_light,
    light as execution_light,
    coalesce(indicator_count, 0) as indicator_count,
    coalesce(grey_count, 0) as grey_count
from monitoring.execution
left join goal using (subject_id)
order by subject_id
