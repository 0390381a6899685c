-- One row per fault or question about one row of a target form.
-- T02 incomplete · T03 empty row with weight, or a row without weight · T04 the same name twice · T05 vague words without
-- a number · T12 unknown second level · T13 another name of a second level · T14 read with an assumption.
-- In parts by subject_id of raw.target_row.
with
    none_word as (select word as none_word from ref.word where list_name = 'none_word'),
    form_row as (
        select
            target_row.*,
            subject_name,
            coalesce(tree_name.level2, '') as known_level2,
            coalesce(is_alias, false) as is_alias,
            coalesce(low, high) is not null as has_number,
            level3 = '' or level3 in (from none_word) as is_nameless,
            target_text in (from none_word) as is_none,
            coalesce(cast(weight as varchar), '') as weight_text,
            first(name_cell) over same_name as first_cell,
            row_number() over same_name as occurrence
        from raw.target_row
        join targets.target_set using (subject_id)
        left join ref.tree_name on target_row.level2 = tree_name.name
        window same_name as (
            partition by subject_id, coalesce(tree_name.level2, target_row.level2), plain_name(level3)
            order by row_number
        )
    ),
    vague as (
        select subject_id, row_number, first(word order by position) as vague_word
        from form_row
        join ref.word on list_name = 'vague_word' and contains(level3 || target_text, word)
        where not has_number and target_date is null and not regexp_matches(level3 || target_text, '[0-9]')
            and not exists (
                select true from ref.word as measurable
                where list_name in ('graded_word', 'concrete_word') and contains(target_text, measurable.word))
        group by subject_id, row_number
    ),
    judged as (
        select
            *,
            if(is_nameless, level3, target_text) as none_text,
            if(is_nameless, name_cell, target_cell) as none_cell,
            concat_ws(
                '、',
                if(target_text = '', '指标值', null),
                if(target_text <> '' and not is_none and relation is null, '可以识别的计算符号和数值', null),
                if(has_number and measure_unit in ('', '十', '百', '千', '万', '亿'), '计量单位', null)
            ) as missing
        from form_row
        left join vague using (subject_id, row_number)
    ),
    hit as (
        select subject_id, subject_name, level3 as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'T02', is_hit: missing <> '', value: target_text, expected: missing, cell: target_cell},
            {rule_id: 'T03', is_hit: weight > 0 and (is_none or is_nameless), value: none_text,
                expected: weight_text, cell: none_cell},
            {rule_id: 'T03', is_hit: coalesce(weight, 0) <= 0, value: target_text,
                expected: weight_text, cell: weight_cell},
            {rule_id: 'T04', is_hit: occurrence > 1, value: level2, expected: first_cell, cell: name_cell},
            {rule_id: 'T05', is_hit: vague_word is not null, value: target_text, expected: vague_word, cell: target_cell},
            {rule_id: 'T12', is_hit: known_level2 = '', value: level2, expected: '', cell: name_cell},
            {rule_id: 'T13', is_hit: is_alias, value: level2, expected: known_level2, cell: name_cell},
            {rule_id: 'T14', is_hit: outcome = 'parsed_with_assumption', value: target_text,
                expected: assumption, cell: target_cell}
        ], recursive := true)
        from judged
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
where is_hit
order by subject_id, rule_id, file_name, length(cell), cell
