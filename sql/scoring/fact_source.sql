-- One row per input cell behind a fact of the scorecard and unit, with the reason that people gave for it.
with reported as (
  select r.fact_key, r.unit_id, 1 as origin_order, r.fact_name as label, value_text, note as reason,
    r.file_sha256, r.file_name, r.sheet, r.cell
  from scoring.scorecard_fact f join raw.fact_row r using (fact_key, unit_id)
  where origin = 'reported'
),
-- The rows that the sums of points are made of: the department's own, and those of the key projects.
counted as (
  select 'department' as subject_id
  union
  select project_id from monitoring.key_project
),
scored as (
  select r.* exclude (unit_id), points,
    case when points < s.weight then deviation_reason else '' end as reason, case
      when r.subject_kind = 'project' then 'key_project_earned_amount'
      when coalesce(code, level1) = 'output' then 'department_output_points'
      when coalesce(code, level1) in ('benefit', 'satisfaction') then 'department_benefit_points' end as fact_key
  from counted
  join scoring.indicator_result r using (subject_id)
  join scoring.indicator_score s using (indicator_id)
  left join ref.word w on w.list_name = 'level1' and w.word = level1
),
indicator as (
  select * from scored where fact_key is not null
),
weight as (
  select replace(fact_key, '_points', '_weight') as fact_key, 'department' as unit_id, 3 as origin_order,
    t.level3 as label, plain(t.weight) as value_text, '' as reason,
    t.file_sha256, t.file_name, t.sheet, t.weight_cell as cell
  from indicator i join targets.indicator t using (indicator_id)
  where i.subject_kind = 'department'
),
ledger as (
  select fact_key, 'department' as unit_id, 4 as origin_order, form_title as label,
    plain(amount) as value_text, reason, file_sha256, file_name, '' as sheet,
    lines as cell
  from scoring.fact_ledger
  left join (select distinct form, form_title from ref.form_field) f on f.form = ledger || '_ledger'
),
source as (
  select * from reported
  union all
  select fact_key, 'department', 2, level3, actual_text, reason, file_sha256, file_name, sheet, actual_cell
  from indicator where actual_cell <> ''
  union all
  select * from weight
  union all
  select * from ledger
)
select
  fact_key,
  unit_id,
  row_number() over (
    partition by fact_key, unit_id order by origin_order, file_name, file_sha256, sheet, length(cell), cell, label
  ) as source_number,
  coalesce(label, '') as label,
  value_text,
  reason,
  file_sha256,
  file_name,
  sheet,
  cell
from source
order by fact_key, unit_id, source_number
