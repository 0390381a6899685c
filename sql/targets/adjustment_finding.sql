-- One row per fault or question about an adjustment of approved targets as a whole.
-- A02 applicant and reviewer · A03 back-dating · A04 too late in the year · A05 weights · A12 before the approval · A14
-- people without the role. The earliest day: after decision, approval, the adjustment before, and any closed cut-off.
-- A clerical correction puts right what was written from the start: it may hold from before its decision and has no last
-- day, but needs the approver (A15) and touches nothing closed (A16).
with
    cut_off as (
        select adjustment.receipt_number, max(if(milestone = 'monitoring', last_day(make_date(fiscal_year, cutoff_month, 1)),
            make_date(fiscal_year, 12, 31))) as closed_day
        from raw.adjustment
        join raw.closing on milestone <> 'targets' and closing.receipt_number < adjustment.receipt_number
        cross join raw.cycle
        cross join ref.policy
        group by adjustment.receipt_number
    ),
    guarded as (
        select
            adjustment.*,
            approval_number,
            closed_day,
            least(make_date(fiscal_year, 1, 1), coalesce(approved_on, decided_on)) as first_day,
            greatest(
                lag(effective_on) over (partition by subject_id order by receipt_number),
                if(is_clerical, first_day, greatest(closed_day + 1, approved_on, decided_on))
            ) as earliest_on,
            coalesce(try_cast(recorded_at[:10] as date), decided_on) as recorded_on,
            not exists (from raw.person) or (
                (applicant, 'preparer') in (select (person, role) from raw.person)
                and reviewer in (select person from raw.person where role in ('reviewer', 'approver'))) as has_roles,
            not exists (from raw.person) or (
                (applicant, 'preparer') in (select (person, role) from raw.person)
                and (reviewer, 'approver') in (select (person, role) from raw.person)) as has_approver
        from raw.adjustment
        cross join raw.cycle
        left join cut_off using (receipt_number)
        left join (select receipt_number as approval_number, decided_on as approved_on from raw.approval where milestone = 'targets')
            on true
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
    hit as (
        select subject_id, '' as detail, file_sha256, file_name, sheet, unnest([
            {rule_id: 'A02', is_hit: applicant = reviewer, value: applicant, expected: reviewer, cell: reviewer_cell},
            {rule_id: 'A03', is_hit: effective_on < earliest_on, value: effective_on::varchar, expected: earliest_on::varchar,
                cell: effective_cell},
            {rule_id: 'A04', is_hit: not is_clerical
                and (month(recorded_on) * 100 + day(recorded_on) > parameter or year(recorded_on) > fiscal_year),
                value: recorded_on::varchar, expected: plain(parameter), cell: effective_cell},
            {rule_id: 'A05', is_hit: weight_sum <> base_weight, value: plain(weight_sum), expected: plain(base_weight), cell: ''},
            {rule_id: 'A14', is_hit: not has_roles and not is_clerical, value: applicant, expected: reviewer, cell: reviewer_cell},
            {rule_id: 'A15', is_hit: not has_approver and is_clerical, value: applicant, expected: reviewer, cell: reviewer_cell},
            {rule_id: 'A16', is_hit: is_clerical and (effective_on <= closed_day or year(effective_on) > fiscal_year),
                value: effective_on::varchar, expected: coalesce(closed_day, first_day - 1)::varchar, cell: effective_cell},
            {rule_id: 'A12', is_hit: coalesce(approval_number > receipt_number, true), value: document_no, expected: '', cell: ''}
        ], recursive := true)
        from guarded
        cross join raw.cycle
        left join weighed using (receipt_number, subject_id)
        left join (select subject_kind, base_weight from ref.weight_scheme) on subject_kind = subject_kind(subject_id)
        left join ref.check_rule on rule_id = 'A04'
    )

select rule_id, level, subject_id, coalesce(subject_name, subject_id) as subject_name, value, expected, detail,
    hit.file_sha256, hit.file_name, hit.sheet, cell
from hit
join ref.check_rule using (rule_id)
left join targets.target_set using (subject_id)
where is_hit
order by subject_id, rule_id, file_name, length(cell), cell
