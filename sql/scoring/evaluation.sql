-- One row per kind of evaluation and row of its re-check in force: of each subject the file that was received last.
with named as (
  select r.*, indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id
  from raw.evaluation_row r left join ref.tree_name t on t.name = r.level2
),
latest as (
  select * from named
  qualify receipt_number = max(receipt_number) over (partition by evaluation_kind, subject_id)
)
select
  evaluation_kind,
  file_sha256,
  file_name,
  sheet,
  row_number,
  subject_id,
  indicator_id,
  level3,
  indicator_id in (select indicator_id from targets.indicator) as is_known,
  row_number() over (
    partition by evaluation_kind, indicator_id order by file_name, file_sha256, sheet, row_number) as match_number,
  points,
  reason,
  points_cell
from latest
order by evaluation_kind, file_name, file_sha256, sheet, row_number
