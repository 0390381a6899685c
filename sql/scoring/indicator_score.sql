-- One row per indicator: its points, exactly. points = weight · curve(numerator ÷ denominator), rounded once, half-up,
-- less the edition's deduction for over-completion (fixed; or proportional: weight · target · (1 + limit) ÷ actual),
-- or less where a person declared less. Nothing scored is 0 points.
with keyed as (
  select *, achievement_key(numerator, denominator) as key from scoring.indicator_achievement
),
curved as (
  select k.*, case when numerator is null then 0 else curve_points(
      weight, numerator, k.denominator, s.slope_numerator, s.intercept_numerator, s.denominator) end as curve_points
  from keyed k asof left join ref.curve_segment s on k.curve_id = s.curve_id and k.key >= s.from_key
),
computed as (
  select c.*, case when is_over and over_action = 'fixed' then greatest(0, curve_points - over_points)
      when is_over and over_action = 'proportional' then least(curve_points, points_of(half_up(
        cents(c.weight) * millionths(r.low) * (1000000 + millionths(over_limit_share)), millionths(r.actual) * 1000000)))
      else curve_points end as computed_points
  from curved c
  join scoring.indicator_result r using (indicator_id)
  cross join ref.policy
)
select
  indicator_id,
  subject_id,
  subject_kind,
  unit_id,
  weight,
  curve_points,
  computed_points,
  greatest(0, least(computed_points, coalesce(declared_points, computed_points))) as points,
  status
from computed
order by subject_id, order_number, indicator_id
