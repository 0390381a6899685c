-- One row per question about evidence: missing where the edition needs it (E01), replaced by a later file of the same
-- name (E02), or used for several indicators (E03).
with missing as (
  select 'E01' as rule_id, r.indicator_id as subject_id, level3 as subject_name, actual_text as value, level1 as expected,
    '' as detail, r.file_sha256, r.file_name, r.sheet, actual_cell as cell
  from scoring.indicator_result r
  join ref.level1_rule l using (level1)
  anti join raw.evidence e on e.indicator_id = r.indicator_id
  where needs_evidence and has_actual and not is_not_applicable
),
replaced as (
  select 'E02', indicator_id, any_value(coalesce(level3, indicator_id)), e.file_name,
    cast(count(distinct e.file_sha256) as varchar), '回执 ' || string_agg(distinct receipt_number, '、' order by receipt_number),
    arg_max(e.file_sha256, receipt_number), e.file_name, '', ''
  from raw.evidence e left join targets.indicator using (indicator_id)
  group by indicator_id, e.file_name having count(distinct e.file_sha256) > 1
),
shared as (
  select 'E03', min(indicator_id), arg_min(coalesce(level3, indicator_id), indicator_id), any_value(e.file_name),
    cast(count(distinct indicator_id) as varchar), string_agg(distinct indicator_id, '、' order by indicator_id),
    e.file_sha256, any_value(e.file_name), '', ''
  from raw.evidence e left join targets.indicator using (indicator_id)
  group by e.file_sha256 having count(distinct indicator_id) > 1
),
finding as (
  select * from missing
  union all
  select * from replaced
  union all
  select * from shared
)
select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from finding join ref.check_rule using (rule_id)
order by rule_id, subject_id, file_name, file_sha256
