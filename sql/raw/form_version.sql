-- One row per form and subject: the file and sheet whose rows are in force.
-- The latest accepted file holds. Approved targets change only through an adjustment (the edition's rule A01):
-- a target form that was sent after the approval in force is left out here and reported as A01.
with
    sent as (
        select form, subject_id, unit_id, file_sha256, file_name, sheet from parsed.head_value
        union
        select form, subject_id, unit_id, file_sha256, file_name, sheet from parsed.target_row
        union
        select form, subject_id, unit_id, file_sha256, file_name, sheet from parsed.monitoring_row
        union
        select form, subject_id, unit_id, file_sha256, file_name, sheet from parsed.result_row
    ),
    target_form as (
        select distinct form from ref.form_field where milestone = 'targets' and field = 'target'
    ),
    approval as (
        select receipt_number as approval_number from raw.approval where milestone = 'targets'
    ),
    received as (
        select
            sent.*,
            submitted_file.receipt_number,
            sent.form in (select form from target_form) as is_target_form
        from sent
        join raw.submitted_file using (file_sha256)
    )

select form, subject_id, unit_id, file_sha256, file_name, sheet, receipt_number, is_target_form
from received
left join approval on true
where not is_target_form or approval_number is null or receipt_number < approval_number
qualify row_number() over (partition by form, subject_id order by receipt_number desc, sheet) = 1
order by form, subject_id
