-- One row per level3 indicator as it is in force on 31 December: the version that self-evaluation scores.
-- Beside it what was approved first, and what all adjustments together did to its number: they are compared with
-- what was approved, its clerical errors put right. A correction alone, or of sign or unit, compares nothing: 'corrected'.
-- In parts by subject_id of targets.indicator_version.
with
    in_force as (
        select *
        from targets.indicator_version
        cross join (select make_date(fiscal_year, 12, 31) as last_day from raw.cycle)
        where valid_from <= last_day
        qualify row_number() over (partition by subject_id, indicator_id order by valid_from desc, receipt_number desc) = 1
    ),
    first_version as (
        select subject_id, indicator_id, target_text as initial_target_text, weight as initial_weight
        from targets.indicator_version
        where receipt_number = 0
    ),
    compared_with as (
        select subject_id, indicator_id, receipt_number as base_number, relation as base_relation,
            measure_unit as base_unit, low, high, target_date
        from targets.indicator_version
        window by_version as (partition by subject_id, indicator_id order by version_number)
        qualify bool_and(is_clerical or receipt_number = 0) over by_version
            and not coalesce(lead(is_clerical) over by_version, false)
    ),
    compared as (
        select
            in_force.*,
            initial_target_text,
            initial_weight,
            case
                when initial_target_text is null then 'new'
                when in_force.receipt_number = 0 then 'unchanged'
                when in_force.receipt_number = base_number then 'corrected'
                when (relation, measure_unit) is distinct from (base_relation, base_unit) then 'corrected'
                else change_of(
                    ordered(relation, in_force.low, in_force.high, in_force.target_date),
                    ordered(relation, compared_with.low, compared_with.high, compared_with.target_date))
            end as change_kind,
            compared_with.high - compared_with.low as initial_width
        from in_force
        left join first_version using (subject_id, indicator_id)
        left join compared_with using (subject_id, indicator_id)
        where not is_withdrawn
    )

select
    indicator_id,
    subject_id,
    subject_kind,
    unit_id,
    row_number() over (partition by subject_id order by position) as position,
    level1,
    level2,
    level3,
    target_text,
    relation,
    low,
    high,
    measure_unit,
    target_date,
    direction,
    weight,
    prior_actual,
    pace,
    due_shares,
    note,
    file_sha256,
    file_name,
    sheet,
    name_cell,
    target_cell,
    weight_cell,
    coalesce(initial_target_text, '') as initial_target_text,
    initial_weight,
    change_kind,
    demand(change_kind, relation, direction, high - low, initial_width) as demand
from compared
order by subject_id, position
