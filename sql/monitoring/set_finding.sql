-- One row per fault or question about a subject of monitoring as a whole.
-- M05 a capital contribution among the recurring key projects · M06 indicators without data, by subject and unit · M09 the
-- form's amounts differ from the ledger · M11 a unit that has a budget and no spending ledger.
with
    missing as (
        select subject_id, unit_id, count(*) as missing_count, string_agg(level3, '、' order by position) as names
        from monitoring.indicator_progress
        left join monitoring.reached_value using (subject_id, indicator_id)
        where actual_kind is null or (actual_kind = 'empty' and status = 'not_available')
        group by subject_id, unit_id
    ),
    initial as (
        select project_id as subject_id, sum(initial_amount) as amount
        from targets.budget
        where expenditure = 'project'
        group by project_id
    ),
    expected_amount as (
        select subject_id, 'initial_budget_amount' as field, amount from initial
        union all
        select subject_id, 'executed_amount', executed_amount from monitoring.execution
        where subject_id <> 'department' and unit_id in (select unit_id from raw.spending_entry)
    ),
    differing as (
        select
            head_value.*,
            amount,
            replace(split_part(captions, '|', 1), '{n}', cast(cutoff_month as varchar)) as caption
        from raw.head_value
        join expected_amount using (subject_id, field)
        join ref.form_field using (form, field)
        cross join ref.policy
        where milestone = 'monitoring' and number is distinct from amount
    ),
    silent as (
        select distinct unit_id from raw.budget_entry
        except
        select unit_id from raw.spending_entry
    ),
    capital as (
        select key_project.*, word
        from monitoring.key_project
        join ref.word on list_name = 'capital_word' and contains(project_name, word)
        qualify row_number() over (partition by project_id order by position) = 1
    ),
    hit as (
        select 'M05' as rule_id, project_id as subject_id, project_name as subject_name, project_name as value,
            word as expected, in_wan(initial_amount) as detail, '' as file_sha256, '' as file_name, '' as sheet, '' as cell
        from capital
        union all
        select 'M06', subject_id, subject_name, cast(missing_count as varchar), unit_name, names, '', '', '', ''
        from missing
        join targets.target_set using (subject_id)
        join raw.unit on missing.unit_id = unit.unit_id
        union all
        select 'M09', subject_id, subject_name, coalesce(in_wan(number), text), in_wan(amount), caption,
            differing.file_sha256, differing.file_name, differing.sheet, differing.cell
        from differing
        join targets.target_set using (subject_id)
        union all
        select 'M11', unit_id, unit_name, '', '', '', '', '', '', ''
        from silent
        join raw.unit using (unit_id)
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
order by subject_id, rule_id, length(cell), cell
