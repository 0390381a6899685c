-- One row per fact that a scorecard row needs and a unit did not report as a number of 0 or more, and per row that says
-- that nothing may be absent, yet nothing was due. Of a `latest` row one unit's report is enough.
with needed as (
  select row_name, roll_up, unnest([numerator_fact, denominator_fact]) as fact_key from ref.scorecard_row
),
expected_from as (
  select distinct on (fact_key, unit_id) row_name, fact_key, unit_id, unit_name, roll_up, d.fact_name
  from needed n join ref.fact_definition d using (fact_key) cross join raw.unit u
  where is_reported and (roll_up <> 'authority' or is_headquarters)
  order by fact_key, unit_id, roll_up = 'latest', row_name
),
unusable as (
  select 'S09' as rule_id, unit_id || '/' || fact_key as subject_id, unit_name as subject_name,
    coalesce(value_text, '') as value, n.fact_name as expected, row_name as detail,
    coalesce(file_sha256, '') as file_sha256, coalesce(file_name, '') as file_name,
    coalesce(sheet, '') as sheet, coalesce(cell, '') as cell
  from expected_from n left join raw.fact_row r using (fact_key, unit_id)
  where (value is null or value < 0)
    and not (roll_up = 'latest' and r.unit_id is null and fact_key in (select fact_key from raw.fact_row))
),
-- Neither a fact that units report nor one that is derived: the row cannot be scored by anybody.
unknown as (
  select 'S09', fact_key, row_name, '', fact_key, row_name, '', '', '', ''
  from needed
  where fact_key <> '' and fact_key not in (select fact_key from scoring.scorecard_fact)
    and fact_key not in (select fact_key from ref.fact_definition where is_reported)
),
nothing_due as (
  select 'S09', row_id || '/' || p.unit_id, row_name, '0 ÷ 0', '', row_name, '', '', '', ''
  from scoring.scorecard_part p join ref.scorecard_row r using (row_id)
  where p.weight > 0 and when_absent = 'block' and p.numerator = 0 and p.denominator = 0
),
finding as (
  select * from unusable
  union all
  select * from unknown
  union all
  select * from nothing_due
)
select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from finding join ref.check_rule using (rule_id)
order by subject_id
