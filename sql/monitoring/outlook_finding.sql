-- One row per question about where money and goals are heading.
-- M03 money runs ahead of the goals · M04 money that will stay unspent · M07 money and goals both red · M12 certain, and
-- every computed forecast misses · M13 less spent than the schedule asks for by now.
with
    schedule as (
        select minimum_share, month
        from ref.schedule_warning
        join ref.policy on month <= cutoff_month
        order by month desc
        limit 1
    ),
    certain as (
        select word from ref.word where list_name = 'likelihood' and code = 'certain'
        union
        select 'certain'
    ),
    hit as (
        select 'M03' as rule_id, subject_id, subject_name, in_percent(execution_rate) as value,
            in_percent(goal_share) as expected, in_percent(parameter) as detail, '' as file_sha256, '' as file_name,
            '' as sheet, '' as cell
        from monitoring.goal_progress
        join ref.check_rule on rule_id = 'M03' and lead_share > parameter
        where subject_id <> 'department'
        union all
        select if(proposal = 'cut', 'M04', 'M07'), subject_id, subject_name, in_wan(unspent_amount),
            in_wan(adjusted_budget_amount), basis, '', '', '', ''
        from monitoring.budget_proposal
        union all
        select 'M12', subject_id, subject_name, coalesce(first_word, likelihood), basis, level3 || '（' || target_text || '）',
            file_sha256, file_name, sheet, cell
        from monitoring.indicator_progress
        join monitoring.forecast_range using (indicator_id)
        join (select subject_id, subject_name from targets.target_set) using (subject_id)
        cross join (select min_by(word, position) as first_word from ref.word where list_name = 'likelihood' and code = 'certain')
        where is_missed_by_all and likelihood in (from certain)
        union all
        select 'M13', subject_id, subject_name, in_percent(execution_rate), in_percent(minimum_share), month || '月', '', '', '', ''
        from monitoring.execution
        join schedule on execution_rate < minimum_share and light <> 'grey'
    )

select rule_id, level, subject_id, subject_name, value, expected, detail, file_sha256, file_name, sheet, cell
from hit
join ref.check_rule using (rule_id)
order by subject_id, rule_id, length(cell), cell
