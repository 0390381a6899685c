-- One row per project that the report prints whole: every key project, every one that a narrative names by its facts,
-- and the largest ones, as many as the edition lists; all of them where it states no limit. All projects stand in
-- reporting.project.
with named as (
    select distinct project_id
    from scoring.project_score
    join raw.narrative on contains(text, project_prefix(project_id))
),
ranked as (
    select
        project_id,
        is_key,
        row_number() over (order by is_key desc, adjusted_budget_amount desc, project_id) as position
    from scoring.project_score
)
select project_id, ranked.position
from ranked
left join named using (project_id)
where is_key
    or ranked.position <= coalesce((select row_limit from ref.list_limit where list_name = 'project'), ranked.position)
    or named.project_id is not null
order by position
