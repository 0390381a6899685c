-- One row per indicator: what the scoring rule makes of its actual: numerator, denominator, curve.
-- The edition's rule for the relation and the position of the actual names the measure of achievement; a rule for the
-- indicator's first level goes before the common one.
with found as (
  select distinct relation, position, level1 from scoring.indicator_result
),
ruled as (
  select f.relation, f.position, level1, achievement, curve_id, rule_id
  from found f
  join ref.scoring_rule s on s.relation = f.relation and s.position = f.position and for_level1 in ('', level1)
  qualify 1 = row_number() over (partition by f.relation, f.position, level1 order by for_level1 desc)
),
placed as (
  select r.*, achievement, curve_id,
    coalesce(rule_id, '') as rule_id,
    case when relation in ('ge', 'gt', 'eq') or position = 'below' then low else high end as bound,
    relation in ('ge', 'gt', 'eq') and direction = 'positive' and low > 0 as is_positive
  from scoring.indicator_result r left join ruled using (relation, position, level1)
),
-- A qualitative row is scored only by points that lie in the band of its state: exact shares, low <= share < high.
judged as (
  select p.*,
    declared_points >= weight * low_share
      and (declared_points < weight * high_share
        or (is_high_inclusive and declared_points = weight * high_share)) as is_in_band
  from placed p left join ref.qualitative_band b on p.actual_state = b.state
),
measured as (
  select j.*, case achievement
      when 'actual_over_target' then greatest(actual, 0)
      when 'target_over_actual' then bound
      when 'zero_test' then case when actual = 0 or (actual < 0 and relation not in ('ge', 'gt')) then 1 else 0 end
      when 'days_late' then greatest(actual_date - target_date, 0)
      when 'state' then case when actual_state = 'met' then 1 else 0 end
      when 'declared_over_weight' then case when is_in_band then declared_points end
      when 'deviation_over_target' then abs(actual - bound)
      when 'actual_value' then greatest(actual, 0)
      when 'inside' then 1 end as top,
    case achievement
      when 'target_over_actual' then greatest(actual, 0)
      when 'actual_over_target' then bound
      when 'deviation_over_target' then bound
      when 'declared_over_weight' then weight
      else 1 end as bottom
  from judged j
),
decided as (
  select *, has_target and has_actual and top is not null and not is_not_applicable as is_scored, case relation
      when 'ge' then actual >= low
      when 'gt' then actual > low
      when 'le' then actual <= high
      when 'lt' then actual < high
      when 'eq' then case when achievement = 'deviation_over_target' then actual = low when position = 'zero' or direction = 'reverse' then actual <= low else actual >= low end
      when 'date_le' then actual_date <= target_date
      when 'yes_no' then actual_state = 'met'
      when 'qualitative' then actual_state = 'met'
      else position = 'inside' end as is_met
  from measured
)
select
  indicator_id,
  subject_id,
  order_number,
  achievement,
  curve_id,
  rule_id,
  case when is_scored then top end as numerator,
  case when is_scored then bottom end as denominator,
  coalesce(is_scored and is_positive and over_action <> 'none' and case when is_over_limit_inclusive
    then actual - low >= over_limit_share * low
    else actual - low > over_limit_share * low end, false) as is_over,
  case when is_not_applicable then 'not_applicable' when not is_scored then 'not_available'
    when is_met then 'met' else 'not_met' end as status
from decided cross join ref.policy
order by subject_id, order_number, indicator_id
