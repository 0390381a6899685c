-- One row per subject whose approved targets an accepted adjustment changes, with the head of its form.
-- Every accepted adjustment counts, in the order of the receipts; an approved value changes by nothing else (rule A01).
with
    adjusted as (
        select distinct form, subject_id, unit_id, file_sha256, file_name, sheet
        from parsed.adjustment_row
    ),
    head as (
        select
            file_sha256,
            sheet,
            subject_id,
            max(text) filter (field = 'reason') as reason,
            max(text) filter (field = 'trigger') as trigger,
            max(text) filter (field = 'document_no') as document_no,
            max(text) filter (field = 'decided_on') as decided_on,
            max(text) filter (field = 'effective_on') as effective_on,
            max(text) filter (field = 'applicant') as applicant,
            max(text) filter (field = 'reviewer') as reviewer,
            max(cell) filter (field = 'effective_on') as effective_cell,
            max(cell) filter (field = 'reviewer') as reviewer_cell
        from parsed.head_value
        semi join adjusted using (form, subject_id, file_sha256, sheet)
        group by file_sha256, sheet, subject_id
    )

select
    receipt_number,
    subject_id,
    adjusted.unit_id,
    coalesce(reason, '') as reason,
    coalesce(trigger, '') as trigger,
    coalesce(document_no, '') as document_no,
    try_cast(decided_on as date) as decided_on,
    try_cast(effective_on as date) as effective_on,
    coalesce(applicant, '') as applicant,
    coalesce(reviewer, '') as reviewer,
    recorded_at,
    file_sha256,
    adjusted.file_name,
    sheet,
    coalesce(effective_cell, '') as effective_cell,
    coalesce(reviewer_cell, '') as reviewer_cell,
    coalesce(trigger = 'clerical', false) as is_clerical
from adjusted
join raw.submitted_file using (file_sha256)
left join head using (file_sha256, sheet, subject_id)
order by receipt_number, subject_id
