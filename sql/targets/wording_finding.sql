-- One row per question about how a row of a target form is worded: the lint of targets; each names a better wording
-- where one follows from the row.
-- T06 class against the name · T07 below k of last year, or reached already · T18 input posing as result · T19 direction
-- against the name · T20 no measure · T21 a share over the whole · T22 the same promise under two names.
-- In parts by subject_id of raw.target_row.
with
    form_row as (
        select
            target_row.* replace (coalesce(target_row.prior_actual, actual) as prior_actual),
            wording.* exclude (file_sha256, sheet, row_number, subject_id),
            subject_name,
            coalesce(tree_name.level1, target_row.level1) as class1,
            coalesce(tree_name.level2, target_row.level2) as class2,
            coalesce(low, high) as number,
            bare.word is not null as is_bare,
            parameter as least_share,
            relation in ('ge', 'gt') as is_lower_bound,
            relation in ('le', 'lt') as is_upper_bound,
            first(name_cell) over same_promise as first_cell,
            first(level3) over same_promise as first_name,
            row_number() over same_promise as occurrence
        from raw.target_row
        join targets.wording using (file_sha256, sheet, row_number, subject_id)
        join targets.target_set using (subject_id)
        left join ref.tree_name on target_row.level2 = tree_name.name
        left join (select indicator_id, measure_unit as prior_unit, actual from raw.prior_result) as reached
            on indicator_id = indicator_key(target_row.subject_id, coalesce(tree_name.level2, target_row.level2), level3)
            and prior_unit = target_row.measure_unit
        left join ref.word as bare on bare.list_name = 'bare_word' and bare.word = target_text
        left join ref.check_rule on rule_id = 'T07'
        window same_promise as (
            partition by subject_id, core_name, relation, low, high, measure_unit order by target_row.row_number
        )
    ),
    judged as (
        select
            *,
            class_code <> '' and not list_has_any(string_split(class_code, '|'), [class1, class2]) as is_elsewhere,
            case
                when is_lower_bound and not (measure_unit = '%' and number >= 100) then prior_actual >= number
                when is_upper_bound and number > 0 then prior_actual <= number
            end as is_reached,
            if(is_lower_bound, number < least_share * prior_actual, is_upper_bound and number * least_share > prior_actual)
                as is_easy,
            number is not null and (direction = 'reverse' and is_lower_bound
                or direction in ('positive', 'bounded') and is_upper_bound) as is_turned,
            plain(number) || measure_unit as promise
        from form_row
    ),
    hit as (
        select subject_id, subject_name, level3 as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'T06', is_hit: is_elsewhere, value: class2, expected: split_part(class_code, '|', 1), cell: name_cell},
            {rule_id: 'T07', is_hit: is_reached or is_easy, value: target_text,
                expected: if(is_lower_bound, '≥', '≤') || plain(prior_actual) || measure_unit, cell: target_cell},
            {rule_id: 'T18', is_hit: input_word <> '' and (measure_unit not in ('%', '‰') or ends_with(core_name, input_word)),
                value: target_text, expected: input_word, cell: name_cell},
            {rule_id: 'T19', is_hit: is_turned, value: target_text, expected: if(is_lower_bound, '≤', '≥') || promise,
                cell: target_cell},
            {rule_id: 'T20', is_hit: is_bare, value: target_text, expected: '', cell: target_cell},
            {rule_id: 'T21', is_hit: direction in ('bounded', 'share') and measure_unit = '%' and number > 100,
                value: target_text, expected: '', cell: target_cell},
            {rule_id: 'T22', is_hit: occurrence > 1 and number is not null and plain_name(level3) <> plain_name(first_name),
                value: first_name, expected: first_cell, cell: name_cell}
        ], recursive := true)
        from judged
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
where is_hit
order by subject_id, rule_id, file_name, length(cell), cell
