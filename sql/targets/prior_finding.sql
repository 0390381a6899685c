-- One row per question that the year before asks of the targets.
-- T25 a problem of the last report that is neither fixed nor answered · T26 last year's actual told otherwise than it was
-- in last year's self-evaluation.
with
    told_otherwise as (
        select target_row.*, actual
        from raw.target_row
        join targets.placed_row using (subject_id, file_sha256, sheet, name_cell)
        join raw.prior_result using (indicator_id)
        where placed_row.receipt_number = 0 and target_row.measure_unit = prior_result.measure_unit
            and target_row.prior_actual <> actual
    ),
    hit as (
        select 'T25' as rule_id, key as subject_id, name as subject_name, problem_id as value, plain(lost_points) as expected,
            reason as detail, '' as file_sha256, '' as file_name, '' as sheet, '' as cell
        from targets.open_problem
        where state = 'open'
        union all
        select 'T26', subject_id, subject_name, plain(told_otherwise.prior_actual), plain(actual), level3,
            told_otherwise.file_sha256, told_otherwise.file_name, told_otherwise.sheet, name_cell
        from told_otherwise
        join targets.target_set using (subject_id)
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
order by subject_id, rule_id, length(cell), cell, value
