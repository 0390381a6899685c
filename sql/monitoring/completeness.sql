-- One row per unit: what it owes at the cut-off and what has come: monitoring forms, indicators with data, a ledger.
-- Nothing missing is left out of a count: a unit that sent nothing stands here with all it owes.
with
    owed as (
        select
            unit_id,
            count(distinct subject_id) as form_count,
            count(distinct subject_id) filter (has_form) as answered_form_count,
            count(*) filter (status <> 'not_due') as due_count,
            count(*) filter (status in ('met', 'not_met')) as answered_count,
            coalesce(string_agg(distinct subject_name, '、' order by subject_name) filter (has_form is null), '') as missing_forms
        from monitoring.indicator_progress
        join (select subject_id, subject_name from targets.target_set) using (subject_id)
        left join (select distinct subject_id, true as has_form from raw.monitoring_row) using (subject_id)
        group by unit_id
    )

select
    unit_id,
    unit_name,
    position,
    coalesce(form_count, 0) as form_count,
    coalesce(answered_form_count, 0) as answered_form_count,
    coalesce(due_count, 0) as due_count,
    coalesce(answered_count, 0) as answered_count,
    unit_id in (select unit_id from raw.budget_entry) as is_ledger_due,
    unit_id in (select unit_id from raw.spending_entry) as has_ledger,
    coalesce(missing_forms, '') as missing_forms
from raw.unit
left join owed using (unit_id)
order by position
