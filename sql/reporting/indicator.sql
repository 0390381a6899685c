-- One row per indicator that the report lists: target, actual, points, mid-year light, reason, input cell.
with numbered as (
    select indicator_id, indicator_prefix(subject_kind, subject_id, position, indicator_id) as fact_prefix,
        initial_target_text, change_kind
    from targets.indicator
),
progress as (
    select indicator_id, light, actual_text as cutoff_actual_text from monitoring.indicator_progress
),
note as (
    select file_sha256, sheet, actual_cell, note from raw.result_row
)
select
    indicator_id,
    result.subject_id,
    order_number as position,
    fact_prefix,
    level1,
    level2,
    level3,
    target_text,
    initial_target_text,
    change_kind,
    actual_text,
    score.weight,
    score.points,
    score.status,
    coalesce(light, 'grey') as light,
    coalesce(cutoff_actual_text, '') as cutoff_actual_text,
    deviation_reason,
    coalesce(note, '') as note,
    case actual_cell when '' then '' else address_of(file_name, sheet, actual_cell) end as source
from scoring.indicator_result result
join (select indicator_id, weight, points, status from scoring.indicator_score) score using (indicator_id)
join numbered using (indicator_id)
left join progress using (indicator_id)
left join note using (file_sha256, sheet, actual_cell)
where result.subject_id = 'department' or result.subject_id in (select project_id from reporting.listed_project)
order by subject_id <> 'department', subject_id, position
