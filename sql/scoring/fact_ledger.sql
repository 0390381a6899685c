-- One row per derived fact about money and ledger that it sums lines of.
with said as (
  select subject_id, any_value(text) as reason
  from raw.head_value where field = 'execution_reason' group by subject_id
),
marked as (
  select project_id, is_special_fund,
    project_id in (select project_id from monitoring.key_project) as is_key
  from targets.project
),
entry as (
  select 'budget' as ledger, file_sha256, file_name, line_number, project_id, amount, change_kind, note
  from raw.budget_entry
  union all
  select 'spending', file_sha256, file_name, line_number, project_id, amount, '', '' from raw.spending_entry
),
fact as (
  select * from (values
    ('executed_amount', 'spending', 'any', 'any'),
    ('special_fund_executed_amount', 'spending', 'special_fund', 'any'),
    ('key_project_earned_amount', 'spending', 'key', 'any'),
    ('adjusted_budget_amount', 'budget', 'any', 'any'),
    ('initial_budget_amount', 'budget', 'any', 'initial'),
    ('budget_change_amount', 'budget', 'any', 'change'),
    ('special_fund_budget_amount', 'budget', 'special_fund', 'any'),
    ('key_project_adjusted_budget_amount', 'budget', 'key', 'any')
  ) as fact (fact_key, ledger, projects, changes)
),
line as (
  select fact_key, ledger, file_sha256, file_name, line_number, amount,
    case
      when changes = 'change' then note
      when ledger = 'spending' then coalesce(reason, '')
      else '' end as reason
  from fact
  join entry using (ledger)
  left join marked using (project_id)
  left join said on said.subject_id = case when projects = 'any' then 'department' else project_id end
  where (projects = 'any' or (projects = 'key' and is_key) or (projects = 'special_fund' and is_special_fund))
    and (changes = 'any' or (changes = 'initial') = (change_kind = 'initial'))
)
select
  fact_key,
  ledger,
  file_sha256,
  file_name,
  ledger_lines(list(line_number order by line_number)) as lines,
  sum(amount) as amount,
  coalesce(arg_min(reason, line_number) filter (reason <> ''), '') as reason
from line
group by fact_key, ledger, file_sha256, file_name
order by fact_key, ledger, file_name, file_sha256
