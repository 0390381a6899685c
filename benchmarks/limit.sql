-- The limit: what goes through all rows of the scoring year as one would write it by hand for DuckDB: narrow, in one pass,
-- texts and cells fetched for the rows that are looked at alone. What follows is small (scorecard, sums by project, lost
-- points): the product's own selects, bare, on these tables (candidates.py). No contract, check, fingerprint, or order.

create table scoring.execution as
with line as (
  select project_id, amount as budget, if(change_kind = 'initial', amount, 0) as initial, null as spent
  from raw.budget_entry
  union all
  select project_id, null, null, amount from raw.spending_entry
),
summed as (
  select coalesce(nullif(project_id, ''), 'department') as subject_id, sum(initial) as initial_budget_amount,
    sum(budget) as adjusted_budget_amount, sum(spent) as executed_amount
  from line group by project_id
),
whole as (
  select * from summed where subject_id <> 'department'
  union all
  select 'department', sum(initial_budget_amount), sum(adjusted_budget_amount), sum(executed_amount) from summed
)
select subject_id, coalesce(initial_budget_amount, 0)::decimal(18, 2) as initial_budget_amount,
  coalesce(adjusted_budget_amount, 0)::decimal(18, 2) as adjusted_budget_amount,
  coalesce(executed_amount, 0)::decimal(18, 2) as executed_amount
from (select project_id as subject_id from targets.project union all select 'department')
left join whole using (subject_id);

-- The rows of the forms by the indicator that they report on; of several the first.
create temp view reported as
with named as (
  select indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id, r.*
  from raw.result_row r left join ref.tree_name t on t.name = r.level2
),
repeated as (
  select indicator_id, min((file_name, file_sha256, sheet, row_number)) as first_row
  from named group by indicator_id having count(*) > 1
)
select n.* from named n left join repeated using (indicator_id)
where first_row is null or first_row = (file_name, file_sha256, sheet, row_number);

-- What scoring computes with, no texts.
create temp table measured as
with placed as (
  select i.indicator_id, i.subject_id, i.subject_kind, i.unit_id, i.position as order_number, level1,
    coalesce(weight, 0) as weight, coalesce(i.relation, '') as relation, direction, target_date, actual, actual_date,
    coalesce(actual_kind, 'empty') as actual_kind, coalesce(actual_state, '') as actual_state, declared_points,
    coalesce(actual_text, '') <> '' as is_said,
    na_policy = 'rescale' and coalesce(actual_text in (
      select word from ref.word where list_name = 'not_applicable_word'), false) as is_not_applicable,
    if(i.relation = 'approx', (low * (1 - approx_tolerance_share))::decimal(28, 6), low) as low,
    if(i.relation = 'approx', (coalesce(high, low) * (1 + approx_tolerance_share))::decimal(28, 6), high) as high
  from targets.indicator i left join reported using (indicator_id) cross join ref.policy
),
positioned as (
  select *, case
      when (relation in ('ge', 'gt', 'eq') and low = 0) or (relation in ('le', 'lt') and high = 0) then 'zero'
      when relation not in ('range', 'approx') then 'any'
      when actual < low then 'below'
      when actual > high then 'above'
      else 'inside' end as position,
    coalesce(case
      when relation in ('ge', 'gt') then low > 0 or (low = 0 and coalesce(actual, 0) <= 0)
      when relation = 'eq' then low >= 0
      when relation in ('le', 'lt') then high >= 0
      when relation in ('range', 'approx') then low >= 0 and high >= low
      when relation = 'date_le' then target_date is not null
      else relation <> '' end, false)
    and case
      when relation = 'date_le' then actual_kind = 'date' and actual_date is not null
      when relation = 'yes_no' then actual_state <> ''
      when relation = 'qualitative' then actual_state <> '' and declared_points is not null
      when relation = '' then is_said
      else actual_kind = 'number' and actual is not null end as is_usable
  from placed
),
rule as (
  select level1, relation, position, arg_max(s, for_level1) as s
  from (select distinct level1 from positioned) join ref.scoring_rule s on for_level1 in ('', level1)
  group by all
),
ruled as (
  select p.*, s.achievement, s.curve_id, coalesce(s.rule_id, '') as rule_id,
    if(relation in ('ge', 'gt', 'eq') or position = 'below', low, high) as bound,
    declared_points >= weight * low_share and (declared_points < weight * high_share
      or (is_high_inclusive and declared_points = weight * high_share)) as is_in_band
  from positioned p left join rule using (level1, relation, position)
  left join ref.qualitative_band b on p.actual_state = b.state
)
select *, case achievement
    when 'actual_over_target' then greatest(actual, 0)
    when 'target_over_actual' then bound
    when 'zero_test' then if(actual = 0 or (actual < 0 and relation not in ('ge', 'gt')), 1, 0)
    when 'days_late' then greatest(actual_date - target_date, 0)
    when 'state' then if(actual_state = 'met', 1, 0)
    when 'declared_over_weight' then if(is_in_band, declared_points, null)
    when 'deviation_over_target' then abs(actual - bound)
    when 'actual_value' then greatest(actual, 0)
    when 'inside' then 1 end as top,
  case achievement
    when 'target_over_actual' then greatest(actual, 0)
    when 'actual_over_target' then bound
    when 'deviation_over_target' then bound
    when 'declared_over_weight' then weight
    else 1 end as bottom
from ruled;

create temp table scored as
with segment as (
  select *, lead(from_key) over (partition by curve_id order by from_key) as to_key from ref.curve_segment
),
decided as (
  select *, is_usable and top is not null and not is_not_applicable as is_scored,
    case relation
      when 'ge' then actual >= low
      when 'gt' then actual > low
      when 'le' then actual <= high
      when 'lt' then actual < high
      when 'eq' then case when achievement = 'deviation_over_target' then actual = low
        when position = 'zero' or direction = 'reverse' then actual <= low else actual >= low end
      when 'date_le' then actual_date <= target_date
      when 'yes_no' then actual_state = 'met'
      when 'qualitative' then actual_state = 'met'
      else position = 'inside' end as is_met
  from measured
),
keyed as (
  select * exclude (top, bottom), if(is_scored, top, null)::decimal(28, 6) as numerator,
    if(is_scored, bottom, null)::decimal(28, 6) as denominator, achievement_key(numerator, denominator) as key,
    is_scored and relation in ('ge', 'gt', 'eq') and direction = 'positive' and low > 0 and over_action <> 'none'
      and if(is_over_limit_inclusive, actual - low >= over_limit_share * low, actual - low > over_limit_share * low)
      as is_over
  from decided cross join ref.policy
),
curved as (
  select k.*, if(numerator is null, 0, curve_points(
      weight, numerator, k.denominator, slope_numerator, intercept_numerator, s.denominator)) as curve_points
  from keyed k left join segment s on k.curve_id = s.curve_id and key >= from_key and (key < to_key or to_key is null)
),
computed as (
  select *, case when is_over and over_action = 'fixed' then greatest(0, curve_points - over_points)
      when is_over and over_action = 'proportional' then least(curve_points, points_of(half_up(
        cents(weight) * millionths(low) * (1000000 + millionths(over_limit_share)), millionths(actual) * 1000000)))
      else curve_points end as computed_points
  from curved
)
select indicator_id, subject_id, subject_kind, unit_id, order_number, level1, weight, rule_id, numerator, denominator,
  curve_points::decimal(7, 2) as curve_points, computed_points::decimal(7, 2) as computed_points,
  greatest(0, least(computed_points, coalesce(declared_points, computed_points)))::decimal(7, 2) as points,
  case when is_not_applicable then 'not_applicable' when not is_scored then 'not_available'
    when is_met then 'met' else 'not_met' end as status
from computed;

drop table measured;

create table scoring.indicator_score as
select indicator_id, subject_id, subject_kind, unit_id, weight, curve_points, computed_points, points, status from scored;

-- Texts and cells of the rows that somebody looks at: those that lost points, the department's, the key projects'.
create table scoring.indicator_result as
with looked_at as (
  select * from scored
  where weight <> points or curve_points <> computed_points or subject_kind = 'department'
    or subject_id in (select project_id from monitoring.key_project)
)
select indicator_id, s.subject_id, s.subject_kind, s.unit_id, s.order_number, s.level1, i.level3, i.target_text,
  coalesce(actual_text, '') as actual_text, r.declared_points, coalesce(deviation_reason, '') as deviation_reason,
  coalesce(r.file_sha256, '') as file_sha256, coalesce(r.file_name, '') as file_name, coalesce(r.sheet, '') as sheet,
  coalesce(actual_cell, '') as actual_cell, coalesce(points_cell, '') as points_cell,
  coalesce(reason_cell, '') as reason_cell
from looked_at s join targets.indicator i using (indicator_id) left join reported r using (indicator_id);

create table scoring.indicator_achievement as
select indicator_id, subject_id, order_number, rule_id, numerator, denominator, status
from scored semi join scoring.indicator_result using (indicator_id);
