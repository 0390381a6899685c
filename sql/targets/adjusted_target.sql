-- One row per indicator that an adjustment names: original → adjusted, what that does to the number and to the demand.
-- raised, lowered: the number under the same relation and unit; another relation or unit, or other words, is 'replaced':
-- the old indicator is to be withdrawn and a new one named. A clerical correction compares nothing: 'corrected'.
with
    step as (
        select
            * exclude (file_sha256, file_name, sheet, target_cell, weight_cell, note, is_clerical),
            lag(is_withdrawn, 1, true) over by_version as is_added,
            if(is_added, null, lag({text: target_text, relation: relation, low: low, high: high, unit: measure_unit,
                day: target_date, weight: weight}) over by_version) as old
        from targets.indicator_version
        window by_version as (partition by indicator_id order by version_number)
    ),
    written as (
        select
            * exclude (target_text, relation, low, high, measure_unit, target_date, weight, note, unit_id, form),
            adjustment_row.target_text as own_text,
            adjustment_row.weight as own_weight
        from raw.adjustment
        join (from raw.adjustment_row select * exclude (unit_id, file_name, level1, level2, level3, pace, due_shares)) as adjustment_row
            using (file_sha256, sheet, subject_id)
    ),
    compared as (
        select
            *,
            case
                when is_withdrawn then 'withdrawn'
                when is_added then 'new'
                when is_clerical then 'corrected'
                when old.relation is distinct from relation or old.unit <> measure_unit then 'replaced'
                when relation in ('yes_no', 'qualitative') and old.text <> target_text then 'replaced'
                else change_of(ordered(relation, low, high, target_date), ordered(old.relation, old.low, old.high, old.day))
            end as change_kind
        from step
        join written using (receipt_number, subject_id, name_cell)
    )

select
    receipt_number,
    indicator_id,
    subject_id,
    level2,
    level3,
    coalesce(old.text, '') as target_before,
    if(is_withdrawn, '', target_text) as target_after,
    old.weight as weight_before,
    weight as weight_after,
    change_kind,
    demand(change_kind, relation, direction, high - low, old.high - old.low) as demand,
    replaces,
    reason,
    trigger,
    document_no,
    decided_on,
    effective_on,
    applicant,
    reviewer,
    is_clerical,
    own_text = '' and own_weight is null and not is_withdrawn as is_blank,
    coalesce(not is_added and (
        (stated_text not in ('', old.text)
            and (stated_relation, stated_low, stated_high) is distinct from (old.relation, old.low, old.high))
        or stated_weight <> old.weight), false) as is_misstated,
    stated_text,
    target_change as stated_change,
    coalesce(is_withdrawn or (relation is not null and target_text <> '' and weight > 0), false) as is_complete,
    file_sha256,
    file_name,
    sheet,
    name_cell,
    stated_cell,
    target_cell,
    weight_cell
from compared
order by receipt_number, subject_id, level2, level3
