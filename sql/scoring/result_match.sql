-- One row per row of a self-evaluation form: the indicator that it reports on.
-- An indicator is found by subject, second level (any spelling the edition knows) and name.
with named as (
  select file_name, file_sha256, sheet, row_number,
    indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id
  from raw.result_row r left join ref.tree_name t on t.name = r.level2
)
select
  file_sha256,
  sheet,
  row_number,
  indicator_id,
  indicator_id in (select indicator_id from targets.indicator) as is_known,
  row_number() over (partition by indicator_id order by file_name, file_sha256, sheet, row_number) as match_number
from named
order by file_sha256, sheet, row_number
