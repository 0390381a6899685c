-- One row per fault or question about one row of an adjustment of approved targets.
-- A06 nothing to compare · A07 incomplete · A08 withdrawn or replaced is not there · A09 misstated original · A10 empty
-- row · A11 another kind of change than stated · A17 added or withdrawn by a clerical correction.
with
    withdrawn as (
        select receipt_number, subject_id, level3 as replaces, true as is_withdrawn
        from targets.adjusted_target
        where change_kind = 'withdrawn' and target_before <> ''
    ),
    change_word as (
        select code, first(word order by position) as word
        from ref.word
        where list_name = 'target_change'
        group by code
    ),
    hit as (
        select subject_id, level3 as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'A06', is_hit: change_kind = 'replaced', value: target_before, expected: target_after,
                cell: target_cell},
            {rule_id: 'A07', is_hit: not is_complete, value: target_after, expected: '', cell: target_cell},
            {rule_id: 'A08', is_hit: change_kind = 'withdrawn' and target_before = '', value: level3, expected: '',
                cell: name_cell},
            {rule_id: 'A08', is_hit: replaces <> '' and is_withdrawn is null, value: replaces, expected: '',
                cell: name_cell},
            {rule_id: 'A09', is_hit: is_misstated, value: stated_text, expected: target_before, cell: stated_cell},
            {rule_id: 'A10', is_hit: is_blank, value: '', expected: target_before, cell: target_cell},
            {rule_id: 'A11', is_hit: stated_change not in ('', change_kind, 'replaced')
                and change_kind not in ('replaced', 'corrected'),
                value: coalesce(stated.word, stated_change), expected: coalesce(found.word, change_kind), cell: name_cell},
            {rule_id: 'A17', is_hit: is_clerical and change_kind in ('new', 'withdrawn'), value: target_before,
                expected: target_after, cell: name_cell}
        ], recursive := true)
        from targets.adjusted_target
        left join (from withdrawn select distinct *) using (receipt_number, subject_id, replaces)
        left join change_word as stated on stated_change = stated.code
        left join change_word as found on change_kind = found.code
    )

select rule_id, level, subject_id, coalesce(subject_name, subject_id) as subject_name, value, expected, detail,
    hit.file_sha256, hit.file_name, hit.sheet, cell
from hit
join ref.check_rule using (rule_id)
left join targets.target_set using (subject_id)
where is_hit
order by subject_id, rule_id, file_name, length(cell), cell
