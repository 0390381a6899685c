-- One row per problem that the authority's last report left: fixed or answered since, or open still.
select
    problem_id,
    fiscal_year,
    kind,
    key,
    name,
    unit_id,
    lost_points,
    detail,
    reason,
    coalesce(state, 'open') as state,
    coalesce(action, '') as action,
    coalesce(document_no, '') as document_no,
    coalesce(person, '') as person,
    coalesce(recorded_at, '') as recorded_at
from raw.prior_problem
left join raw.corrective_action using (problem_id)
order by lost_points desc, problem_id
