-- One row per project: whether it enters the project pool (入库), and what keeps it out.
-- A project that is added needs an ex-ante assessment that supports it; a review that may not be approved keeps it out,
-- and so does a form that was sent after its review.
with
    head as (
        select
            subject_id as project_id,
            coalesce(max(text) filter (field = 'is_added'), '') = 'true' as is_added,
            coalesce(max(text) filter (field = 'ex_ante_result'), '') as ex_ante_result,
            coalesce(max(text) filter (field = 'ex_ante_document'), '') as ex_ante_document,
            coalesce(max(cell) filter (field = 'ex_ante_result'), '') as ex_ante_cell
        from raw.head_value
        semi join raw.form_version using (form, subject_id)
        where field in ('is_added', 'ex_ante_result', 'ex_ante_document')
        group by subject_id
    ),
    reviewed as (
        select review.subject_id as project_id, grade, grade_name, may_be_approved, total, person, file_sha256 as reviewed_sha256
        from raw.review
        join ref.review_band using (grade)
    ),
    judged as (
        select
            project.*,
            coalesce(is_added, false) as is_added,
            coalesce(ex_ante_result, '') as ex_ante_result,
            coalesce(ex_ante_document, '') as ex_ante_document,
            coalesce(ex_ante_cell, '') as ex_ante_cell,
            coalesce(grade_name, '') as review_grade,
            total as review_total,
            coalesce(person, '') as reviewer,
            concat_ws('；',
                if(is_added and coalesce(ex_ante_result, '') = '', '新增项目没有事前绩效评估', null),
                if(ex_ante_result = 'rejected', '事前绩效评估不予支持', null),
                if(not may_be_approved, '审核结果为' || grade_name, null),
                if(reviewed_sha256 <> project.file_sha256, '审核后重新报送，须重新审核', null)
            ) as obstacle
        from targets.project
        left join head using (project_id)
        left join reviewed using (project_id)
    )

select project_id, project_name, unit_id, is_added, ex_ante_result, ex_ante_document, review_grade, review_total, reviewer,
    obstacle = '' as is_entered, obstacle, file_sha256, file_name, sheet, ex_ante_cell
from judged
order by project_id
