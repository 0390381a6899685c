-- One row per row of a target form in force or of an adjustment, in the tree's own names, with direction and pace.
-- Less is better where the target is an upper bound or zero. Pace: the form's word, else what the measure unit or the
-- second level stands for, else linear; shares and what holds or not are never summed over the year: level.
-- Of rows with the same place in the tree the first stays; the others are finding T04.
-- In parts by subject_id of raw.target_row.
with
    adjustment_row as (
        select adjustment_row.*, receipt_number, target_change = 'withdrawn' as is_withdrawn
        from raw.adjustment_row
        join raw.adjustment using (file_sha256, sheet, subject_id)
    ),
    sent as (
        select *, 0 as receipt_number, true as has_target, false as is_withdrawn
        from raw.target_row
        union all by name
        select
            * exclude (stated_text, stated_relation, stated_low, stated_high, stated_weight, target_change, replaces,
                stated_cell),
            target_text <> '' as has_target
        from adjustment_row
    ),
    form_row as (
        select
            sent.* exclude (level1, level2),
            coalesce(tree_name.level1, sent.level1) as level1,
            coalesce(tree_name.level2, sent.level2) as level2,
            is_zero_target(relation, low, high) as is_zero,
            row_number() over (partition by subject_id, receipt_number order by row_number) as position
        from sent
        left join ref.tree_name on sent.level2 = tree_name.name
    ),
    paced as (
        select
            form_row.* exclude (pace),
            measure_unit in ('%', '‰') or is_zero or relation in ('le', 'lt', 'date_le', 'yes_no', 'qualitative') as is_level,
            coalesce(
                by_word.pace,
                if(form_row.pace in ('linear', 'step', 'level', 'annual_only'), form_row.pace, null),
                by_measure_unit.pace,
                if(is_level and coalesce(by_level2.pace, 'linear') = 'linear', 'level', by_level2.pace),
                'linear'
            ) as pace
        from form_row
        left join ref.pace_default as by_word on form_row.pace = by_word.cue
        left join ref.pace_default as by_level2 on form_row.level2 = by_level2.cue
        left join ref.pace_default as by_measure_unit on form_row.measure_unit = by_measure_unit.cue
    )

select
    indicator_key(subject_id, level2, level3) as indicator_id,
    subject_id,
    subject_kind(subject_id) as subject_kind,
    unit_id,
    position,
    level1, level2, level3,
    target_text, relation, low, high, measure_unit, target_date,
    if(is_zero or relation in ('le', 'lt'), 'reverse', 'positive') as direction,
    weight,
    prior_actual,
    pace,
    due_shares,
    note,
    file_sha256, file_name, sheet, name_cell, target_cell, weight_cell,
    receipt_number,
    has_target,
    is_withdrawn
from paced
qualify row_number() over (partition by subject_id, indicator_id, receipt_number order by position) = 1
order by subject_id, receipt_number, position
