-- One row per project: the head of its target form, field by field.
-- Whoever has a target form of his own and is not the department is a project.
with
    target_form as (
        select form, subject_id, unit_id, file_sha256, file_name, sheet
        from raw.form_version
        where is_target_form and subject_id <> 'department'
    ),
    head as (
        select
            subject_id,
            coalesce(max(text) filter (field = 'project_name'), '') as project_name,
            coalesce(max(text) filter (field = 'project_class'), '') as project_class,
            coalesce(max(text) filter (field = 'project_term'), '') as project_term,
            coalesce(max(text) filter (field = 'is_special_fund'), '') = 'true' as is_special_fund,
            max(number) filter (field = 'declared_amount') as declared_amount,
            coalesce(max(text) filter (field = 'goal'), '') as goal,
            coalesce(max(cell) filter (field = 'project_name'), '') as name_cell,
            coalesce(max(cell) filter (field = 'declared_amount'), '') as amount_cell
        from raw.head_value
        semi join target_form using (form, subject_id)
        group by subject_id
    )

select
    subject_id as project_id,
    coalesce(nullif(project_name, ''), subject_id) as project_name,
    unit_id,
    coalesce(project_class, '') as project_class,
    coalesce(project_term, '') as project_term,
    coalesce(is_special_fund, false) as is_special_fund,
    declared_amount,
    coalesce(goal, '') as goal,
    file_sha256,
    file_name,
    sheet,
    coalesce(name_cell, '') as name_cell,
    coalesce(amount_cell, '') as amount_cell
from target_form
left join head using (subject_id)
order by project_id
