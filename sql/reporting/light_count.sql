-- One row per subject track and colour: how many indicators or projects show it at mid-year.
with colour as (
    select unnest(['red', 'yellow', 'green', 'blue', 'grey']) as light
),
track as (
    select unnest(['indicator', 'execution']) as track
),
shown as (
    select 'indicator' as track, light from monitoring.indicator_progress
    union all
    select 'execution' as track, light from monitoring.execution where subject_id <> 'department'
)
select track, light, count(shown.light) as light_count
from track
cross join colour
left join shown using (track, light)
group by track, light
order by track, list_position(['red', 'yellow', 'green', 'blue', 'grey'], light)
