-- One row per fault or question about a project's entry into the pool.
-- T23 an added project without an ex-ante assessment · T24 one that the assessment does not support.
with
    hit as (
        select project_id as subject_id, project_name as subject_name, file_sha256, file_name, sheet, ex_ante_cell as cell,
            ex_ante_document as detail, unnest([
                {rule_id: 'T23', is_hit: is_added and ex_ante_result = ''},
                {rule_id: 'T24', is_hit: ex_ante_result = 'rejected'}
            ], recursive := true)
        from targets.pool_entry
    )

select rule_id, level, subject_id, subject_name, '' as value, '' as expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
where is_hit
order by subject_id, rule_id
