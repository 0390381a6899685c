-- One row per row of a self-evaluation form that is not scored: about no indicator, or about one that an earlier row, in
-- the order of files and rows, reports on already.
-- An indicator is found by subject, second level (any spelling the edition knows) and name.
with named as not materialized (
  select file_name, file_sha256, sheet, row_number,
    indicator_key(subject_id, coalesce(t.level2, r.level2), level3) as indicator_id
  from raw.result_row r left join ref.tree_name t on t.name = r.level2
),
-- Found by hashes, which are cheap and may be of several: who comes first is asked of the ids below.
repeated as (
  select hash(indicator_id) as hashed from named group by hashed having count(*) > 1
),
unknown as (
  select * from named anti join targets.indicator using (indicator_id)
),
numbered as (
  select *, row_number() over (partition by indicator_id order by file_name, file_sha256, sheet, row_number) as number
  from named where hash(indicator_id) in (from repeated)
)
select file_sha256, sheet, row_number, indicator_id, false as is_known from unknown
union all
select file_sha256, sheet, row_number, indicator_id, true
from numbered where number > 1 and indicator_id in (select indicator_id from targets.indicator)
order by file_sha256, sheet, row_number
