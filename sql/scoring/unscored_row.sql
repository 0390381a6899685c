-- One row per row of a self-evaluation form that is not scored: about no indicator, or about one that an earlier row, in
-- the order of files and rows, reports on already.
-- An indicator is found by subject, second level (any spelling the edition knows) and name.
with named as (
  select file_name, file_sha256, sheet, row_number,
    indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id
  from raw.result_row r left join ref.tree_name t on t.name = r.level2
),
repeated as (
  select indicator_id from named group by indicator_id having count(*) > 1
),
looked_at as (
  select *, indicator_id in (select indicator_id from targets.indicator) as is_known
  from named
),
numbered as (
  select *, row_number() over (partition by indicator_id order by file_name, file_sha256, sheet, row_number) as number
  from looked_at
  where not is_known or indicator_id in (select indicator_id from repeated)
)
select file_sha256, sheet, row_number, indicator_id, is_known
from numbered
where not is_known or number > 1
order by file_sha256, sheet, row_number
