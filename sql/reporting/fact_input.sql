-- One row per fact and fact that it is computed from. A fact that stands in a cell itself has no row.
-- The scorecard row reads its two facts; parts and the total read their rows; money of the whole reads its terms.
with project as (
    select project_prefix(project_id) as prefix from reporting.listed_project
),
edge as (
    select row_fact.fact_key, read.input_key
    from (
        select 'scorecard_' || key_part(row_id) || '_points' as fact_key, unnest([numerator_fact, denominator_fact])
            as input_key
        from ref.scorecard_row
    ) read
    join (select fact_key from reporting.score_fact) row_fact using (fact_key)
    union all
    select unnest(['total_points', 'lost_points', 'grade', 'total_weight', 'loss_count']), fact_key
    from reporting.score_fact
    where definition_key = 'scorecard_{row}_points'
    union all
    select part_fact.fact_key, 'scorecard_' || key_part(row_id) || '_points'
    from scoring.scorecard_score
    join (select fact_key, subject_name as part from reporting.score_fact where definition_key like 'part_%') part_fact
        using (part)
    union all
    select * from (values
        ('execution_rate', 'executed_amount'), ('execution_rate', 'adjusted_budget_amount'),
        ('government_fund_executed_amount', 'executed_amount'), ('state_capital_executed_amount', 'executed_amount'),
        ('other_executed_amount', 'executed_amount'), ('general_public_budget_executed_amount', 'executed_amount'),
        ('unspent_amount', 'executed_amount'), ('unspent_amount', 'adjusted_budget_amount'),
        ('unexplained_amount', 'unspent_amount'), ('unexplained_amount', 'carry_over_amount'),
        ('unexplained_amount', 'recovered_amount'), ('project_execution_rate', 'project_executed_amount'),
        ('project_execution_rate', 'project_adjusted_budget_amount'),
        ('special_fund_execution_rate', 'special_fund_executed_amount'),
        ('special_fund_execution_rate', 'special_fund_budget_amount'),
        ('cutoff_execution_rate', 'cutoff_executed_amount'),
        ('cutoff_execution_rate', 'cutoff_adjusted_budget_amount'))
    union all
    select fact_key, regexp_replace(fact_key, '_execution_rate$', amount)
    from reporting.project_fact, (values ('_executed_amount'), ('_adjusted_budget_amount')) terms (amount)
    where definition_key = 'project_{id}_execution_rate'
    union all
    select unnest([prefix || 'total', prefix || 'lost_points']), prefix || unnest(['executed_amount', 'adjusted_budget_amount'])
    from project
    union all
    select unnest([prefix || 'total', prefix || 'lost_points']), input.fact_key
    from project
    join (
        select fact_key, regexp_extract(fact_key, '^(.*?_)indicator_[0-9]+_', 1) as prefix from reporting.indicator_fact
    ) input using (prefix)
    union all
    select 'graded_' || grade || '_count', project_prefix(project_id) || 'total'
    from scoring.project_score semi join reporting.listed_project using (project_id)
    where 'graded_{grade}_count' in (select fact_key from ref.fact_definition)
    union all
    select 'key_project_amount', project_prefix(project_id) || 'initial_budget_amount'
    from monitoring.key_project
    union all
    select 'execution_' || light || '_count', unnest(['cutoff_executed_amount', 'cutoff_adjusted_budget_amount'])
    from (select unnest(['red', 'yellow', 'green', 'blue', 'grey']) as light) colour
    union all
    select figure.fact_key, indicator.fact_key
    from (values ('met_count'), ('unmet_count')) figure (fact_key), (
        select fact_key from reporting.indicator_fact where starts_with(definition_key, 'indicator_')
    ) indicator
)
select distinct fact_key, input_key
from edge
where input_key <> '' and fact_key <> input_key
order by fact_key, input_key
