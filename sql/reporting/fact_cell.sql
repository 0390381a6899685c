-- One row per fact and input cell, or range of ledger lines, that it stands in or sums directly.
with listed as (
    select project_id, project_prefix(project_id) as listed_prefix from reporting.listed_project
),
project as (
    select project_id, project_prefix(project_id) as prefix, project_name, file_sha256, file_name, sheet,
        name_cell
    from targets.project
),
spending as (
    select unnest(['executed_amount', expenditure || '_executed_amount', funding_source || '_executed_amount']
        || case when month <= cutoff_month then ['cutoff_executed_amount'] else [] end
        || case when listed_prefix is null then [] else [listed_prefix || 'executed_amount'] end)
        as fact_key, file_sha256, file_name, line_number
    from raw.spending_entry left join listed using (project_id), (select cutoff_month from ref.policy) policy
),
budget as (
    select unnest(['adjusted_budget_amount', 'cutoff_adjusted_budget_amount', expenditure || '_adjusted_budget_amount']
        || case when listed_prefix is null then [] else [listed_prefix || 'adjusted_budget_amount'] end
        || case when change_kind = 'initial' then ['initial_budget_amount'] else [] end
        || case when change_kind = 'initial' and listed_prefix is not null
            then [listed_prefix || 'initial_budget_amount'] else [] end)
        as fact_key, file_sha256, file_name, line_number
    from raw.budget_entry left join listed using (project_id)
),
indicator as (
    select indicator_prefix(subject_kind, subject_id, position, indicator_id) as prefix, *
    from targets.indicator
),
listed_indicator as (
    from indicator where subject_kind = 'department' or subject_id in (select project_id from listed)
),
cell as (
    select fact_key, fact_name as label, file_sha256, file_name, sheet, cell from raw.fact_row
    union all
    select fact_key, label, file_sha256, file_name, sheet, cell from scoring.fact_source
    union all
    select fact_key, '支出台账', file_sha256, file_name, '', ledger_lines(list(line_number order by line_number)) from spending group by fact_key, file_sha256, file_name
    union all
    select fact_key, '预算台账', file_sha256, file_name, '', ledger_lines(list(line_number order by line_number)) from budget group by fact_key, file_sha256, file_name
    union all
    select prefix || 'target', level3, file_sha256, file_name, sheet, target_cell from listed_indicator
    union all
    select indicator.prefix || 'actual', indicator.level3, result.file_sha256, result.file_name,
        result.sheet, actual_cell
    from scoring.indicator_result result join listed_indicator indicator using (indicator_id)
    union all
    select unnest(['level1_count', 'level2_count', 'level3_count', 'indicator_count']), level3, file_sha256, file_name, sheet, name_cell
    from indicator where subject_kind = 'department'
    union all
    select unnest(['project_indicator_count', 'indicator_count']), level3, file_sha256, file_name, sheet, name_cell
    from indicator where subject_kind = 'project'
    union all
    select 'project_count', project_name, file_sha256, file_name, sheet, name_cell from project
    union all
    select 'key_project_count', project_name, file_sha256, file_name, sheet, name_cell
    from project semi join monitoring.key_project using (project_id)
    union all
    select unnest(['unit_count', 'sub_unit_count']), '周期设定', '', 'cycle.toml', '', 'unit' from raw.cycle
    union all
    select 'fiscal_year', '周期设定', '', 'cycle.toml', '', 'fiscal_year' from raw.cycle
    union all
    select unnest(['cutoff_month', 'key_project_minimum_amount']), '规则版本', content_sha256, edition_id || '.toml', '',
        unnest(['policy.cutoff_month', 'key_rule.minimum_amount'])
    from ref.edition
    union all
    select light || '_count', level3, file_sha256, file_name, sheet, cell
    from monitoring.indicator_progress
)
select fact_key, min(label) as label, file_sha256, min(file_name) as file_name, sheet, cell
from cell
where cell <> ''
group by fact_key, file_sha256, sheet, cell
order by fact_key, file_sha256, sheet, cell
