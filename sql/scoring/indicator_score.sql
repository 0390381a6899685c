-- One row per indicator: its points, exactly. points = weight · curve(numerator ÷ denominator), rounded once, half-up,
-- less the edition's deduction for over-completion (fixed; or proportional: weight · target · (1 + limit) ÷ actual),
-- or less where a person declared less. Nothing scored is 0 points.
-- In parts by subject_id of scoring.indicator_result.
with keyed as (
  select r.indicator_id, r.subject_id, r.subject_kind, r.unit_id, r.order_number, r.weight, r.low, r.actual,
    r.declared_points, curve_id, numerator, denominator, is_over, status,
    achievement_key(numerator, denominator) as key
  from scoring.indicator_achievement join scoring.indicator_result r using (subject_id, indicator_id)
),
-- A segment as what it covers: from its first key to the next one's.
segment as (
  select curve_id, from_key, slope_numerator, intercept_numerator, denominator as curve_bottom,
    lead(from_key) over (partition by curve_id order by from_key) as to_key
  from ref.curve_segment
),
curved as (
  select k.*, case when numerator is null then 0 else curve_points(
      weight, numerator, denominator, slope_numerator, intercept_numerator, curve_bottom) end as curve_points
  from keyed k left join segment s
    on k.curve_id = s.curve_id and k.key >= s.from_key and (k.key < s.to_key or s.to_key is null)
),
computed as (
  select c.*, case when is_over and over_action = 'fixed' then greatest(0, curve_points - over_points)
      when is_over and over_action = 'proportional' then least(curve_points, points_of(half_up(
        cents(weight) * millionths(low) * (1000000 + millionths(over_limit_share)), millionths(actual) * 1000000)))
      else curve_points end as computed_points
  from curved c cross join ref.policy
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
order by subject_id, indicator_id
