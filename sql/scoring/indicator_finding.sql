-- One row per fault or question about an indicator row of a self-evaluation form. Rules of the edition that are absent
-- are off. A missing actual is no error where the edition scores it 0 (S04).
-- Who may be meant at all: who has met the target without a loss can only have declared what nobody can give.
with suspect as (
  select indicator_id from scoring.indicator_score where status <> 'met' or points < weight
  union
  select indicator_id from scoring.indicator_result where declared_points not between 0 and weight
),
scored as (
  select r.*, s.points, s.computed_points, s.status, t.file_sha256 as target_sha256, t.file_name as target_file,
    t.sheet as target_sheet, t.target_cell
  from suspect
  join scoring.indicator_result r using (indicator_id)
  join scoring.indicator_score s using (indicator_id)
  join targets.indicator t using (indicator_id)
),
band as (
  select state, plain(low_share * 100) || '%–' || plain(high_share * 100) || '%' as width from ref.qualitative_band
),
-- No reason although points were lost, the target was not met, or a row is said not to apply.
unexplained as (
  select 'S01' as rule_id, indicator_id as subject_id, level3 as subject_name, plain(points) as value,
    plain(weight) as expected, actual_text as detail, file_sha256, file_name, sheet, reason_cell as cell
  from scored
  where deviation_reason = '' and (status in ('not_met', 'not_applicable') or (status = 'met' and points < weight))
),
declared_outside as (
  select 'S02', indicator_id, level3, plain(declared_points), plain(computed_points), '',
    file_sha256, file_name, sheet, points_cell
  from scored
  where status not in ('not_available', 'not_applicable') and relation <> 'qualitative'
    and (declared_points > computed_points or declared_points < 0)
),
unusable as (
  select 'S04', indicator_id, level3, actual_text, target_text, '',
    file_sha256, file_name, sheet, actual_cell
  from scored
  where not has_actual and not is_not_applicable
),
unmatched as (
  select case when is_known then 'S10' else 'S05' end, indicator_id, level3, level3, '', level2,
    file_sha256, file_name, sheet, actual_cell
  from scoring.unscored_row join raw.result_row using (file_sha256, sheet, row_number)
),
out_of_band as (
  select 'S06', indicator_id, level3, plain(declared_points), coalesce(width, ''), plain(weight),
    file_sha256, file_name, sheet, points_cell
  from scored left join band on state = actual_state
  where relation = 'qualitative' and has_actual and status = 'not_available'
),
unscorable as (
  select 'S11', indicator_id, level3, target_text, '', actual_text,
    target_sha256, target_file, target_sheet, target_cell
  from scored
  where status = 'not_available' and relation <> 'qualitative' and (has_actual or not has_target)
),
finding as (
  select * from unexplained
  union all
  select * from declared_outside
  union all
  select * from unusable
  union all
  select * from unmatched
  union all
  select * from out_of_band
  union all
  select * from unscorable
)
select
  rule_id,
  case when rule_id = 'S04' and missing_actual = 'zero' and level = 'error' then 'warn' else level end as level,
  subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from finding join ref.check_rule using (rule_id) cross join ref.policy
order by rule_id, subject_id, cell
