-- One row per scored row of the department scorecard, headquarters and units rolled up as the row says.
-- budget_weighted: Σ points · adjusted budget ÷ Σ adjusted budget, rounded once; else the unit with the fewest points
-- decides (pooled, latest and authority rows have one part only). A row without facts earns nothing. `read_text`: what was
-- read, in words; of a weighted row each unit with its budget.
with unit_budget as (
  select unit_id, greatest(sum(amount), 0) as amount from raw.budget_entry group by unit_id
  union all
  select 'department', greatest(sum(amount), 0) from raw.budget_entry
),
weighted as (
  select row_id, 'department' as unit_id, null::decimal(28, 6) as numerator, null::decimal(28, 6) as denominator,
    string_agg(unit_name || ' ' || grouped(numerator) || if(denominator_fact = '', '', ' ÷ ' || grouped(p.denominator))
      || '，得 ' || plain(points) || ' 分，调整后预算 ' || measured(coalesce(amount, 0), '元'),
      '；' order by u.position, u.unit_id) as read_text,
    coalesce(points_of(half_up(sum(cents(points) * cents(amount)), sum(cents(amount)))), 0) as points
  from scoring.scorecard_part p
  join ref.scorecard_row r using (row_id)
  left join unit_budget using (unit_id)
  left join raw.unit u using (unit_id)
  where roll_up = 'budget_weighted'
  group by row_id
),
decisive as (
  select row_id, p.unit_id, numerator, denominator, measured(numerator, n.measure_unit)
      || if(denominator_fact = '', '', ' ÷ ' || measured(denominator, d.measure_unit)) as read_text, points
  from scoring.scorecard_part p
  join ref.scorecard_row r using (row_id)
  left join ref.fact_definition n on n.fact_key = numerator_fact
  left join ref.fact_definition d on d.fact_key = denominator_fact
  left join raw.unit u on u.unit_id = p.unit_id
  where roll_up <> 'budget_weighted'
  qualify 1 = row_number() over (partition by row_id order by points, u.position nulls last, p.unit_id)
),
scored as (
  select * from weighted
  union all
  select * from decisive
)
select
  row_id,
  rule_id,
  position,
  part,
  group_name,
  row_name,
  roll_up,
  coalesce(unit_id, '') as deciding_unit_id,
  w.weight,
  numerator,
  denominator,
  coalesce(points, 0) as points,
  coalesce(read_text, '') as read_text,
  w.criterion,
  note
from ref.scorecard_row join scoring.scorecard_weight w using (row_id) left join scored using (row_id)
order by position, row_id
