-- One row per target form that came after the approval in force, or project money that no target form stands behind.
-- A01 an approved target set changes only through an adjustment · T16 without targets no budget · T17 the budget of one
-- unit in the ledgers of two senders, which would count it twice · A13 money that moved beside targets that did not.
with
    late as (
        select distinct subject_id, file_sha256, target_row.file_name, sheet, document_no, decided_on
        from parsed.target_row
        join raw.submitted_file using (file_sha256)
        join raw.approval on milestone = 'targets' and submitted_file.receipt_number > approval.receipt_number
    ),
    unfounded as (
        select project_id, sum(initial_amount) as amount, string_agg(file_name || ' ' || cell, '；' order by file_name, cell) as lines
        from targets.budget
        anti join targets.project using (project_id)
        where expenditure = 'project'
        group by project_id
    ),
    ledger as (
        select distinct unit_id, file_sha256, file_name
        from raw.budget_entry
    ),
    doubled as (
        select later.unit_id, later.file_sha256, later.file_name, earlier.file_name as other_name
        from ledger as later
        join ledger as earlier on later.unit_id = earlier.unit_id and later.file_sha256 <> earlier.file_sha256
        join raw.submitted_file as later_file on later.file_sha256 = later_file.file_sha256
        join raw.submitted_file as earlier_file on earlier.file_sha256 = earlier_file.file_sha256
        where later_file.receipt_number > earlier_file.receipt_number
    ),
    moved as (
        select project_id, sum(amount) filter (change_kind = 'initial') as initial_amount, sum(amount) as amount,
            string_agg(distinct line, '；' order by line) filter (change_kind <> 'initial') as lines
        from (from raw.budget_entry select *, file_name || ' 行 ' || line_number as line)
        anti join (from raw.adjustment where not is_clerical) as adjusted on project_id = subject_id
        semi join raw.approval on milestone = 'targets'
        where expenditure = 'project'
        group by project_id
        having sum(amount) is distinct from sum(amount) filter (change_kind = 'initial')
    ),
    hit as (
        select 'A01' as rule_id, subject_id, coalesce(subject_name, subject_id) as subject_name, document_no as value,
            cast(decided_on as varchar) as expected, '' as detail, late.file_sha256, late.file_name, late.sheet, '' as cell
        from late
        left join targets.target_set using (subject_id)
        union all
        select 'T16', project_id, project_id, in_wan(amount), '', lines, '', '', '', ''
        from unfounded
        union all
        select 'A13', project_id, project_name, in_wan(amount), in_wan(coalesce(initial_amount, 0)), lines, '', '', '', ''
        from moved
        join targets.project using (project_id)
        union all
        select 'T17', unit_id, unit_name, file_name, other_name, '', file_sha256, file_name, '', ''
        from doubled
        join raw.unit using (unit_id)
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
order by subject_id, rule_id, file_name, sheet
