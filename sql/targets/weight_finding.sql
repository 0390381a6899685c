-- One row per project and first level whose rows do not weigh what the edition prescribes (W01). A first level without
-- rows hands its weight to the level that the edition names, so that the base is still shared out.
with prescribed as (
  select t.subject_id, t.weight_cells, t.file_sha256, t.file_name, t.sheet, t.subject_name,
    l.level1, l.position, l.weight, l.absent_weight_to, sum(i.weight) as weight_sum, count(i.indicator_id) as row_count
  from targets.target_set t
  cross join ref.level1_rule l
  left join targets.indicator i on i.subject_id = t.subject_id and i.level1 = l.level1
  where t.subject_kind = 'project' and l.weight is not null
  group by all
),
handed as (
  select subject_id, absent_weight_to as level1, sum(weight) as weight
  from prescribed where row_count = 0 and absent_weight_to <> '' group by all
),
shared as (
  select p.*, p.weight + coalesce(h.weight, 0) as expected_weight
  from prescribed p left join handed h using (subject_id, level1)
  where row_count > 0 or absent_weight_to = ''
)
select
  rule_id,
  level,
  subject_id,
  subject_name,
  plain(coalesce(weight_sum, 0)) as value,
  plain(expected_weight) as expected,
  level1 as detail,
  file_sha256,
  file_name,
  sheet,
  weight_cells as cell
from shared join ref.check_rule on rule_id = 'W01'
where coalesce(weight_sum, 0) <> expected_weight
order by subject_id, length(cell), cell
