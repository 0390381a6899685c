-- One row per fault or question about the money of a project or the department.
with stated as (
  select h.* from raw.head_value h
  join ref.form_field f on f.form = h.form and f.field = h.field and f.milestone = 'scoring'
),
said as (
  select subject_id, any_value(text) as reason from stated where field = 'execution_reason' group by subject_id
),
-- The form's amounts against the ledger's, in 元.
differing as (
  select 'S03' as rule_id, e.subject_id, subject_name, h.text as value,
    plain(case field when 'executed_amount' then executed_amount when 'initial_budget_amount' then initial_budget_amount
      else adjusted_budget_amount end) as expected,
    coalesce(plain(number), '') as detail, h.file_sha256, h.file_name, sheet, h.cell
  from stated h join scoring.execution e using (subject_id)
  where h.text <> '' and case field
    when 'adjusted_budget_amount' then number is distinct from adjusted_budget_amount
    when 'executed_amount' then number is distinct from executed_amount
    when 'initial_budget_amount' then number is distinct from initial_budget_amount
    else false end
),
slow as (
  select 'S07', e.subject_id, subject_name, plain(execution_rate), plain(reason_below_rate), plain(executed_amount),
    e.file_sha256, e.file_name, '', e.cell
  from scoring.execution e
  cross join ref.policy
  left join said using (subject_id)
  where adjusted_budget_amount > 0 and executed_amount < reason_below_rate * adjusted_budget_amount
    and coalesce(reason, '') = ''
),
overspent as (
  select 'S08', subject_id, subject_name, plain(executed_amount), plain(adjusted_budget_amount), '',
    file_sha256, file_name, '', cell
  from scoring.execution where executed_amount > adjusted_budget_amount
),
finding as (
  select * from differing
  union all
  select * from slow
  union all
  select * from overspent
)
select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from finding join ref.check_rule using (rule_id)
order by rule_id, subject_id, cell
