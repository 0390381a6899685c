-- One row per subject: its target form, how many rows it has and what their weights sum to.
-- The base is the edition's for this kind of subject: 100 less what execution weighs where that is scored beside.
with
    form_sum as (
        select
            subject_id,
            count(*) as indicator_count,
            sum(weight) as weight_sum,
            first(weight_cell order by row_number) as first_cell,
            last(weight_cell order by row_number) as last_cell
        from raw.target_row
        group by subject_id
    ),
    subject as (
        select *, subject_kind(subject_id) as subject_kind
        from raw.form_version
        where is_target_form
    )

select
    subject_id,
    subject_kind,
    coalesce(project_name, authority_name) as subject_name,
    subject.unit_id,
    coalesce(indicator_count, 0) as indicator_count,
    coalesce(weight_sum, 0) as weight_sum,
    base_weight,
    subject.file_sha256,
    subject.file_name,
    subject.sheet,
    coalesce(if(first_cell = last_cell, first_cell, first_cell || ':' || last_cell), '') as weight_cells
from subject
cross join raw.cycle
join ref.weight_scheme using (subject_kind)
left join form_sum using (subject_id)
left join targets.project on subject_id = project_id
order by subject_id
