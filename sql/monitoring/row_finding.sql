-- One row per fault or question about one row of a monitoring form.
-- M01 a red light needs reason and measure · M02 what is impossible needs an explanation · M08 a row without a target of
-- its own · M10 what was reached is no number where one is asked.
-- In parts by subject_id of raw.monitoring_row.
with
    none_word as (
        select word as none_word from ref.word where list_name = 'none_word'
        union all
        select unnest(['', '0'])
    ),
    impossible as (
        select word as impossible from ref.word where list_name = 'likelihood' and code = 'impossible'
        union
        select 'impossible'
    ),
    form_row as (
        select
            monitoring_row.*,
            coalesce(subject_name, monitoring_row.subject_id) as subject_name,
            indicator_key(monitoring_row.subject_id, coalesce(tree_name.level2, monitoring_row.level2), level3) as indicator_id
        from raw.monitoring_row
        left join targets.target_set using (subject_id)
        left join ref.tree_name on monitoring_row.level2 = tree_name.name
    ),
    judged as (
        select
            form_row.*,
            coalesce(progress.target_text, '') as target_text,
            progress.light,
            progress.status,
            row_number() over (partition by subject_id, indicator_id order by row_number) as occurrence,
            concat_ws(
                '、',
                if(form_row.deviation_reason in (from none_word), '偏差原因', null),
                if(form_row.measure in (from none_word), '纠偏措施', null)
            ) as missing
        from form_row
        left join monitoring.indicator_progress as progress using (subject_id, indicator_id)
    ),
    hit as (
        select subject_id, subject_name, level3 as detail, file_sha256, file_name, sheet, actual_cell as cell, unnest([
            {rule_id: 'M01', is_hit: light = 'red' and missing <> '', value: actual_text, expected: missing},
            {rule_id: 'M02', is_hit: likelihood in (from impossible) and deviation_reason in (from none_word)
                and note in (from none_word), value: likelihood, expected: target_text},
            {rule_id: 'M08', is_hit: status is null or occurrence > 1, value: level2, expected: ''},
            {rule_id: 'M10', is_hit: status = 'not_available' and actual_kind <> 'empty', value: actual_text,
                expected: target_text}
        ], recursive := true)
        from judged
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
where is_hit
order by subject_id, rule_id, file_name, length(cell), cell
