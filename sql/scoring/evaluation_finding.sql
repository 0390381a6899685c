-- One row per fault of a re-check: a row without points (V01), with more than its weight (V02), about no indicator that
-- was promised, or about one that another row is about already (V03).
with scored as (
  select e.*, s.weight from scoring.evaluation e left join scoring.indicator_score s using (indicator_id)
),
finding as (
  select 'V01' as rule_id, '' as value, plain(weight) as expected, * from scored
  where is_known and match_number = 1 and points is null
  union all
  select 'V02', plain(points), plain(weight), * from scored
  where is_known and match_number = 1 and (points > weight or points < 0)
  union all
  select 'V03', level3, '', * from scored where not is_known or match_number > 1
)
select
  rule_id,
  level,
  indicator_id as subject_id,
  level3 as subject_name,
  coalesce(value, '') as value,
  coalesce(expected, '') as expected,
  evaluation_kind as detail,
  file_sha256,
  file_name,
  sheet,
  points_cell as cell
from finding join ref.check_rule using (rule_id)
order by rule_id, detail, subject_id, cell
