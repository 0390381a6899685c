-- One row per scorecard row and input cell behind it: of the deciding unit, or of all where they are summed.
with behind as (
  select row_id, roll_up, numerator_fact as fact_key, 1 as fact_order from ref.scorecard_row
  union all
  select row_id, roll_up, denominator_fact, 2 from ref.scorecard_row where denominator_fact <> ''
)
select
  row_id,
  row_number() over (
    partition by row_id order by fact_order, u.position nulls last, s.unit_id, source_number
  ) as source_number,
  label,
  value_text,
  reason,
  file_sha256,
  file_name,
  sheet,
  cell
from behind b
join scoring.fact_source s using (fact_key)
join scoring.scorecard_score c using (row_id)
left join raw.unit u on u.unit_id = s.unit_id
where b.roll_up in ('pooled', 'budget_weighted') or s.unit_id = deciding_unit_id
order by row_id, source_number
