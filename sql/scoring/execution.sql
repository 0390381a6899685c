-- One row per project, and one for the whole ('department', basic expenditure included): the year's money.
-- adjusted budget = initial budget and all its changes; executed = all months; the rate is for print only.
with subject as (
  select project_id as subject_id, project_name as subject_name, unit_id from targets.project
  union all
  select 'department', authority_name, 'department' from raw.cycle
),
budget_line as (
  select project_id as subject_id, change_kind, amount from raw.budget_entry where project_id <> ''
  union all
  select 'department', change_kind, amount from raw.budget_entry
),
budget as (
  select subject_id,
    sum(amount) filter (change_kind = 'initial') as initial_budget_amount,
    sum(amount) as adjusted_budget_amount
  from budget_line group by subject_id
),
spending_line as (
  select project_id as subject_id, * exclude (project_id) from raw.spending_entry where project_id <> ''
  union all
  select 'department', * exclude (project_id) from raw.spending_entry
),
spending_in_file as (
  select subject_id, file_name, file_sha256, sum(amount) as amount,
    ledger_lines(list(line_number order by line_number)) as cell
  from spending_line group by subject_id, file_name, file_sha256
),
-- Of several files the first is named.
spending as (
  select subject_id, sum(amount) as executed_amount,
    arg_min({name: file_name, sha256: file_sha256, cell: cell}, (file_name, file_sha256)) as file
  from spending_in_file group by subject_id
)
select
  subject_id,
  subject_name,
  unit_id,
  coalesce(initial_budget_amount, 0) as initial_budget_amount,
  coalesce(adjusted_budget_amount, 0) as adjusted_budget_amount,
  coalesce(executed_amount, 0) as executed_amount,
  case when adjusted_budget_amount > 0
    then share_of(coalesce(executed_amount, 0), adjusted_budget_amount) end as execution_rate,
  coalesce(file.sha256, '') as file_sha256,
  coalesce(file.name, '') as file_name,
  coalesce(file.cell, '') as cell
from subject
left join budget using (subject_id)
left join spending using (subject_id)
order by subject_id
