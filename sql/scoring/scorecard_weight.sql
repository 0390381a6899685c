-- One row per row of the scorecard: what it weighs this year. Where nothing was due of the row that a move of the edition
-- asks about, its whole group weighs nothing and another group's rows take its points over, in proportion, to the cent.
with fact_sum as (
  select fact_key, greatest(sum(value), 0) as value from scoring.scorecard_fact group by fact_key
),
group_weight as (
  select group_name, sum(weight) as weight from ref.scorecard_row group by group_name
),
move as (
  select from_group, to_group, g.weight,
    from_group || plain(g.weight) || '分并入' || to_group || '（' || concat_ws('，', document, clause) || '）' as said
  from ref.scorecard_move m
  join ref.scorecard_row r using (row_id)
  join fact_sum n on n.fact_key = r.numerator_fact
  join fact_sum d on d.fact_key = r.denominator_fact
  join group_weight g on g.group_name = from_group
  left join ref.rule b on b.rule_id = m.rule_id
  where n.value = 0 and d.value = 0
),
received as (
  select to_group as group_name, sum(weight) as moved, string_agg(said, '；' order by from_group) as said
  from move group by to_group
),
placed as (
  select row_id, criterion, r.weight, r.group_name, cents(g.weight) as whole,
    sum(cents(r.weight)) over (partition by r.group_name order by position, row_id) as through
  from ref.scorecard_row r join group_weight g using (group_name)
),
-- Shares up to a row, less those up to the row before: whatever is rounded, the parts make the whole.
spread as (
  select row_id, criterion, p.weight as own_weight, coalesce(m.said, r.said) as said, m.said is not null as is_moved,
    case
      when m.said is not null then 0
      when moved is null then p.weight
      else p.weight + points_of(half_up(cents(moved) * through, whole))
        - points_of(half_up(cents(moved) * (through - cents(p.weight)), whole))
    end as weight
  from placed p
  left join move m on m.from_group = p.group_name
  left join received r on r.group_name = p.group_name
),
noted as (
  select row_id, weight, criterion, coalesce(case
    when is_moved then '本年不适用：' || said
    when weight <> own_weight then '本行由' || plain(own_weight) || '分调整为' || plain(weight) || '分：' || said
  end, '') as note
  from spread
)
select row_id, weight, concat_ws('。', criterion, nullif(note, '')) as criterion, note
from noted
order by row_id
