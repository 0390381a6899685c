-- One row per fault or question about a target form as a whole.
-- T01 weights and base · T08 structure · T09 the same money in form and ledger · T10 outputs and costs promise no more
-- money than the project has · T11 too many rows · T15 one subject on several sheets.
with
    level1_count as (
        select subject_id, level1, count(*) as level1_count
        from targets.indicator
        group by subject_id, level1
    ),
    structure as (
        select subject_id, level1, minimum_count, missing_level, coalesce(level1_count, 0) as level1_count
        from targets.target_set
        cross join ref.level1_rule
        left join level1_count using (subject_id, level1)
        where coalesce(level1_count, 0) < minimum_count
    ),
    ledger as (
        select
            project_id as subject_id,
            sum(initial_amount) as ledger_amount,
            string_agg(file_name || ' ' || cell, '；' order by file_name, cell) as ledger_cell
        from targets.budget
        where expenditure = 'project'
        group by project_id
    ),
    sheets as (
        select file_sha256, subject_id, string_agg(distinct sheet, '、' order by sheet) as sheets,
            count(distinct sheet) as sheet_count
        from parsed.target_row
        group by file_sha256, subject_id
    ),
    promised as (
        select subject_id, sum(coalesce(high, low) * in_yuan(measure_unit)) as amount, string_agg(level3, '、' order by indicator.position) as names
        from targets.indicator
        join ref.word on list_name = 'level1' and word = level1 and code in ('output', 'cost')
        group by subject_id
    ),
    hit as (
        select 'T01' as rule_id, null as own_level, subject_id, plain(weight_sum) as value, plain(base_weight) as expected,
            '' as detail, weight_cells as cell
        from targets.target_set
        where weight_sum <> base_weight
        union all
        select 'T08', missing_level, subject_id, cast(level1_count as varchar), cast(minimum_count as varchar), level1,
            weight_cells
        from structure
        join targets.target_set using (subject_id)
        union all
        select 'T09', null, subject_id, coalesce(in_wan(declared_amount), ''), in_wan(ledger_amount), ledger_cell, amount_cell
        from ledger
        join targets.project on subject_id = project_id
        where ledger_amount is distinct from declared_amount
        union all
        select 'T10', null, subject_id, in_wan(amount), in_wan(declared_amount), names, amount_cell
        from promised
        join targets.project on subject_id = project_id and amount > declared_amount
        union all
        select 'T11', null, subject_id, cast(indicator_count as varchar), plain(parameter), '', weight_cells
        from targets.target_set
        join ref.check_rule on rule_id = 'T11' and indicator_count > parameter
        union all
        select 'T15', null, subject_id, sheets, sheet, '', weight_cells
        from sheets
        join targets.target_set using (file_sha256, subject_id)
        where sheet_count > 1
    )

select rule_id, coalesce(own_level, level) as level, subject_id, subject_name, value, expected, detail,
    file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
join targets.target_set using (subject_id)
order by subject_id, rule_id, detail
