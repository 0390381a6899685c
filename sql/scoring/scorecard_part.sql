-- One row per scorecard row and the unit it is evaluated for; 'department' where the row pools all units.
-- pooled: Σ numerator ÷ Σ denominator, scored once; authority: headquarters alone; latest: the unit whose file was
-- received last; worst, budget_weighted: each unit by itself. Where both facts are 0 nothing was due.
with unit as (
  select unit_id, is_headquarters from raw.unit
  union all
  select 'department', true
),
stated as (
  select r.*, u.unit_id, n.value as numerator, n.file_sha256,
    case when denominator_fact = '' then 1 else d.value end as denominator
  from ref.scorecard_row r
  cross join unit u
  left join scoring.scorecard_fact n on n.fact_key = numerator_fact and n.unit_id = u.unit_id
  left join scoring.scorecard_fact d on d.fact_key = denominator_fact and d.unit_id = u.unit_id
  where roll_up <> 'authority' or is_headquarters
),
pooled as (
  select row_id, 'department' as unit_id, greatest(sum(numerator), 0) as numerator,
    greatest(case when any_value(denominator_fact) = '' then 1 else sum(denominator) end, 0) as denominator
  from stated where roll_up = 'pooled'
  group by row_id having count(numerator) > 0 and count(denominator) > 0
),
single as (
  select row_id, s.unit_id, greatest(numerator, 0) as numerator, greatest(denominator, 0) as denominator
  from stated s left join raw.submitted_file f using (file_sha256)
  where roll_up <> 'pooled' and numerator is not null and denominator is not null
  qualify roll_up <> 'latest' or 1 = row_number() over (
    partition by row_id, roll_up order by receipt_number desc nulls last, s.unit_id)
),
part as (
  select * from pooled
  union all
  select * from single
),
achieved as (
  select p.*, w.weight, curve_id, when_absent, p.numerator = 0 and p.denominator = 0 as is_absent,
    case achievement when 'target_over_actual' then denominator else numerator end as top,
    case achievement when 'target_over_actual' then numerator else denominator end as bottom
  from part p join ref.scorecard_row r using (row_id) join scoring.scorecard_weight w using (row_id)
),
keyed as (
  select *, achievement_key(top, bottom) as key from achieved
)
select
  row_id,
  unit_id,
  weight,
  numerator,
  k.denominator,
  case
    when is_absent then case when when_absent = 'full' then weight else 0 end
    else curve_points(weight, top, bottom, s.slope_numerator, s.intercept_numerator, s.denominator) end as points
from keyed k asof left join ref.curve_segment s on k.curve_id = s.curve_id and k.key >= s.from_key
order by row_id, unit_id
