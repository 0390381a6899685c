-- One row per scorecard row or key project that lost points: a problem that part three must name.
-- The worst scorecard row stands first, then the key projects. Reasons and measures are what people gave.
-- Where the edition does not say which projects are key ones, those printed whole that miss the best grade stand for them.
with key_project as (
    select project_id from monitoring.key_project
    union all
    select project_id from scoring.project_score semi join reporting.listed_project using (project_id)
    where not exists (from ref.key_rule)
        and grade <> (select arg_max(grade, minimum_points) from ref.grade_band)
),
measure as (
    select subject_id as scope_id, joined(string_agg(distinct measure, '；' order by measure)) as measure
    from monitoring.indicator_progress
    where measure <> ''
    group by subject_id
),
card as (
    select 'scorecard' as kind, row_id as key, fact_key, row_name as name, scorecard.weight, scorecard.points, scorecard.lost_points,
        coalesce(target_text, '') as target_text, coalesce(actual_text, '') as actual_text,
        coalesce(reason, '') as reason, '' as measure, criterion, document, clause, scorecard.position as tie
    from reporting.scorecard scorecard
    left join (select key as row_id, target_text, actual_text, reason from scoring.lost_point
        where scope_id = 'department') line using (row_id)
    where scorecard.lost_points > 0
),
project as (
    select 'project' as kind, project_id as key, project_prefix(project_id) || 'total' as fact_key, project_name as name, 100 as weight, total as points, 100 - total as lost_points,
        '' as target_text, '' as actual_text,
        coalesce(joined(string_agg(distinct reason, '；' order by reason) filter (where reason <> '')), '') as reason,
        coalesce(any_value(measure), '') as measure, '' as criterion, '' as document, '' as clause, 0 as tie
    from scoring.project_score
    join key_project using (project_id)
    left join scoring.lost_point on scope_id = project_id
    left join measure using (scope_id)
    where total < 100
    group by project_id, project_name, total
)
select
    row_number() over (order by kind desc, lost_points desc, tie, name) as position,
    kind,
    key,
    fact_key,
    name,
    weight,
    points,
    lost_points,
    target_text,
    actual_text,
    reason,
    measure,
    criterion,
    document,
    clause
from (select * from card union all select * from project)
order by position
