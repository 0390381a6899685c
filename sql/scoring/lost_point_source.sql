-- One row per input cell behind a line of the ledger: of a scorecard row the facts' cells, of an indicator what was
-- promised, weighed, reached, given and explained, of execution, rescale and cap the lines of the ledgers.
-- In parts by scope_id of scoring.lost_point.
with caption as (
  select field, min(split_part(captions, '|', 1)) as label
  from ref.form_field
  where (milestone = 'scoring' and field in ('actual', 'declared_points', 'deviation_reason'))
    or (milestone = 'targets' and field in ('target', 'weight'))
  group by field
),
of_scorecard as (
  select scope_id, line_number, source_number as place, s.* exclude (row_id, source_number, reason)
  from scoring.lost_point join scoring.scorecard_source s on key = row_id
  where line_kind = 'scorecard'
),
of_indicator as (
  select scope_id, line_number, unnest([
    {place: 1, field: 'actual', value_text: a.actual_text, file_sha256: a.file_sha256, file_name: a.file_name,
      sheet: a.sheet, cell: a.actual_cell},
    {place: 2, field: 'declared_points', value_text: plain(a.declared_points), file_sha256: a.file_sha256,
      file_name: a.file_name, sheet: a.sheet, cell: a.points_cell},
    {place: 3, field: 'deviation_reason', value_text: a.deviation_reason, file_sha256: a.file_sha256,
      file_name: a.file_name, sheet: a.sheet, cell: a.reason_cell},
    {place: 4, field: 'target', value_text: t.target_text, file_sha256: t.file_sha256, file_name: t.file_name,
      sheet: t.sheet, cell: t.target_cell},
    {place: 5, field: 'weight', value_text: plain(t.weight), file_sha256: t.file_sha256, file_name: t.file_name,
      sheet: t.sheet, cell: t.weight_cell}
  ], recursive := true)
  from scoring.lost_point
  join scoring.indicator_result a on scope_id = a.subject_id and key = a.indicator_id
  join targets.indicator t on scope_id = t.subject_id and key = t.indicator_id
),
entry as (
  select project_id, 'spending_ledger' as form, file_sha256, file_name, line_number, amount from raw.spending_entry
  union all
  select project_id, 'budget_ledger', file_sha256, file_name, line_number, amount from raw.budget_entry
),
of_money as (
  select scope_id, l.line_number, if(form = 'spending_ledger', 1, 2) as place, any_value(form_title) as label,
    plain(sum(amount)) as value_text, file_sha256, file_name, '' as sheet,
    ledger_lines(list(e.line_number order by e.line_number)) as cell
  from scoring.lost_point l
  join entry e on project_id = scope_id
  left join (select distinct form, form_title from ref.form_field) using (form)
  where line_kind in ('execution', 'rescale', 'cap')
  group by scope_id, l.line_number, form, file_sha256, file_name
),
source as (
  select * from of_scorecard
  union all
  select scope_id, line_number, place, label, value_text, file_sha256, file_name, sheet, cell
  from of_indicator left join caption using (field)
  where cell <> '' and value_text <> ''
  union all
  select * from of_money
)
select scope_id, line_number,
  row_number() over (partition by scope_id, line_number order by place, file_name, file_sha256) as source_number,
  coalesce(label, '') as label, value_text, file_sha256, file_name, sheet, cell
from source
order by scope_id, line_number, source_number
