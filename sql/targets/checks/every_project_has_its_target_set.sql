-- Projects without a target set, and target sets of projects that are none.
select project_id, subject_id, coalesce(project.file_name, target_set.file_name) as file_name
from targets.project
full join (from targets.target_set where subject_kind = 'project') as target_set on project_id = subject_id
where project_id is null or subject_id is null
