-- One row per line of the ledger as printed, of the department and of each project, with its rule and input cells.
with scope as (
    select 'department' as scope_id, authority_name as scope_name from raw.cycle
    union all
    select project_id, project_name from scoring.project_score
),
source as (
    select
        scope_id,
        line_number,
        string_agg(label || case value_text when '' then '' else '：' || value_text end
            || '（' || address_of(file_name, sheet, cell) || '）', chr(10) order by source_number) as sources
    from scoring.lost_point_source
    group by scope_id, line_number
)
select
    scope_id,
    scope_name,
    line_number,
    line_kind,
    key,
    name,
    weight,
    points,
    lost_points,
    target_text,
    actual_text,
    reason,
    coalesce(rule.title, '') as rule_title,
    coalesce(rule.document, '') as document,
    coalesce(rule.clause, '') as clause,
    coalesce(sources, '') as sources
from scoring.lost_point
join scope using (scope_id)
left join ref.rule rule using (rule_id)
left join source using (scope_id, line_number)
order by scope_id <> 'department', scope_id, line_number
