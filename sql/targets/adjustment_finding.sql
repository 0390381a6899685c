-- One row per fault or question about an adjustment of approved targets.
-- A02 applicant and reviewer · A03 back-dating · A04 too late in the year · A05 weights · A06 nothing to compare ·
-- A07 incomplete · A08 withdrawn or replaced is not there · A09 misstated original · A10 empty row · A11 another kind of
-- change · A12 before the approval.
with
    cut_off as (
        select receipt_number as closed_number, if(milestone = 'monitoring', last_day(make_date(fiscal_year, cutoff_month, 1)),
            make_date(fiscal_year, 12, 31)) as closed_day
        from raw.closing
        cross join raw.cycle
        cross join ref.policy
        where milestone <> 'targets'
    ),
    guarded as (
        select
            adjustment.*,
            greatest(
                coalesce((select max(closed_day + 1) from cut_off where closed_number < receipt_number), decided_on),
                coalesce((select decided_on from raw.approval where milestone = 'targets'), decided_on),
                coalesce(lag(effective_on) over (partition by subject_id order by receipt_number), decided_on),
                decided_on
            ) as earliest_on,
            coalesce((select receipt_number from raw.approval where milestone = 'targets'), receipt_number + 1) as approval_number,
            coalesce(try_cast(recorded_at[:10] as date), decided_on) as recorded_on
        from raw.adjustment
    ),
    weighed as (
        select receipt_number, subject_id, sum(weight) filter (not is_withdrawn) as weight_sum
        from (
            select guarded.receipt_number, subject_id, weight, is_withdrawn
            from guarded
            join targets.indicator_version using (subject_id)
            where indicator_version.receipt_number <= guarded.receipt_number
            qualify row_number() over (
                partition by guarded.receipt_number, indicator_id order by indicator_version.receipt_number desc) = 1
        )
        group by receipt_number, subject_id
    ),
    form_hit as (
        select subject_id, '' as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'A02', is_hit: applicant = reviewer, value: applicant, expected: reviewer, cell: reviewer_cell},
            {rule_id: 'A03', is_hit: effective_on < earliest_on, value: effective_on::varchar, expected: earliest_on::varchar,
                cell: effective_cell},
            {rule_id: 'A04', is_hit: month(recorded_on) * 100 + day(recorded_on) > parameter or year(recorded_on) > fiscal_year,
                value: recorded_on::varchar, expected: plain(parameter), cell: effective_cell},
            {rule_id: 'A05', is_hit: weight_sum <> base_weight, value: plain(weight_sum), expected: plain(base_weight), cell: ''},
            {rule_id: 'A12', is_hit: approval_number > receipt_number, value: document_no, expected: '', cell: ''}
        ], recursive := true)
        from guarded
        cross join raw.cycle
        left join weighed using (receipt_number, subject_id)
        left join (select subject_kind, base_weight from ref.weight_scheme) on subject_kind = subject_kind(subject_id)
        left join ref.check_rule on rule_id = 'A04'
    ),
    row_hit as (
        select subject_id, level3 as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'A06', is_hit: change_kind = 'replaced', value: target_before, expected: target_after, cell: target_cell},
            {rule_id: 'A07', is_hit: not is_complete, value: target_after, expected: '', cell: target_cell},
            {rule_id: 'A08', is_hit: change_kind = 'withdrawn' and target_before = ''
                or replaces <> '' and not exists (
                    select true from targets.adjusted_target as other where other.subject_id = row.subject_id
                    and other.receipt_number = row.receipt_number and other.level3 = replaces and other.change_kind = 'withdrawn'),
                value: coalesce(nullif(replaces, ''), level3), expected: '', cell: name_cell},
            {rule_id: 'A09', is_hit: is_misstated, value: stated_text, expected: target_before, cell: stated_cell},
            {rule_id: 'A10', is_hit: is_blank, value: '', expected: target_before, cell: target_cell},
            {rule_id: 'A11', is_hit: stated_change not in ('', change_kind), value: stated_change, expected: change_kind,
                cell: name_cell}
        ], recursive := true)
        from targets.adjusted_target as row
    )

select rule_id, level, subject_id, coalesce(subject_name, subject_id) as subject_name, value, expected, detail,
    hit.file_sha256, hit.file_name, hit.sheet, cell
from (from form_hit union all by name from row_hit) as hit
join ref.check_rule using (rule_id)
left join targets.target_set using (subject_id)
where is_hit
order by subject_id, rule_id, hit.file_name, length(cell), cell
