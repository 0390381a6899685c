-- One row per indicator: its target beside its actual, and where the actual lies.
-- In parts by subject_id of targets.indicator.
-- A zero target, and an actual below, inside or above a range, score by rules of their own.
with reported as (
  select indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id, r.*
  from raw.result_row r
  left join ref.tree_name t on t.name = r.level2
  anti join scoring.unscored_row using (file_sha256, sheet, row_number)
),
bounded as (
  select i.* exclude (low, high, relation),
    coalesce(relation, '') as relation,
    case when relation = 'approx' then cast(low * (1 - approx_tolerance_share) as decimal(28, 6))
      else low end as low,
    case when relation = 'approx' then cast(coalesce(high, low) * (1 + approx_tolerance_share) as decimal(28, 6))
      else high end as high
  from targets.indicator i cross join ref.policy
),
placed as (
  select b.*, actual_text, actual, actual_date, declared_points, points_cell, actual_cell, reason_cell,
    na_policy = 'rescale' and actual_text in (
      select word from ref.word where list_name = 'not_applicable_word') as is_not_applicable,
    r.file_sha256 as result_sha256, r.file_name as result_file, r.sheet as result_sheet,
    coalesce(actual_kind, 'empty') as actual_kind, coalesce(actual_state, '') as actual_state,
    coalesce(deviation_reason, '') as deviation_reason,
    case
      when relation in ('ge', 'gt', 'eq') and low = 0 then 'zero'
      when relation in ('le', 'lt') and high = 0 then 'zero'
      when relation not in ('range', 'approx') then 'any'
      when actual < low then 'below'
      when actual > high then 'above'
      else 'inside' end as position_of_actual
  from bounded b left join reported r using (subject_id, indicator_id) cross join ref.policy
)
select
  indicator_id,
  subject_id,
  subject_kind,
  unit_id,
  position as order_number,
  level1,
  level2,
  level3,
  coalesce(weight, 0) as weight,
  relation,
  direction,
  target_text,
  low,
  high,
  target_date,
  coalesce(actual_text, '') as actual_text,
  actual_kind,
  actual,
  actual_date,
  actual_state,
  position_of_actual as position,
  coalesce(is_not_applicable, false) as is_not_applicable,
  coalesce(case
    when relation in ('ge', 'gt') then low > 0 or (low = 0 and coalesce(actual, 0) <= 0)
    when relation = 'eq' then low >= 0
    when relation in ('le', 'lt') then high >= 0
    when relation in ('range', 'approx') then low >= 0 and high >= low
    when relation = 'date_le' then target_date is not null
    else relation <> '' end, false) as has_target,
  case
    when relation = 'date_le' then actual_kind = 'date' and actual_date is not null
    when relation = 'yes_no' then actual_state <> ''
    when relation = 'qualitative' then actual_state <> '' and declared_points is not null
    when relation = '' then coalesce(actual_text, '') <> ''
    else actual_kind = 'number' and actual is not null end as has_actual,
  declared_points,
  deviation_reason,
  coalesce(result_sha256, '') as file_sha256,
  coalesce(result_file, '') as file_name,
  coalesce(result_sheet, '') as sheet,
  coalesce(actual_cell, '') as actual_cell,
  coalesce(points_cell, '') as points_cell,
  coalesce(reason_cell, '') as reason_cell
from placed
order by subject_id, order_number, indicator_id
