-- One row per key project, with the first rule that takes it in: class, term and least initial budget all fit.
-- Computed at each run from the ledger's initial budget (in force at the start of the year), never typed.
with
    initial as (
        select project_id, sum(initial_amount) as initial_amount
        from targets.budget
        where expenditure = 'project'
        group by project_id
    )

select project_id, project_name, unit_id, initial_amount, project_class, project_term, rule_id
from targets.project
join initial using (project_id)
join ref.key_rule using (project_class, project_term)
where initial_amount > minimum_amount or (is_inclusive and initial_amount = minimum_amount)
qualify row_number() over (partition by project_id order by rule_id) = 1
order by project_id
