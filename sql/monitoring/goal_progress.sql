-- One row per subject: money and goals side by side at the cut-off, as shares of the whole year.
-- Goal share: of the cumulative indicators with data, each counted to its full at most, weighted as in the target set.
with
    goal as (
        select
            subject_id,
            sum(weight) as weight_sum,
            sum(weight * least(greatest(actual / nullif(coalesce(low, high), 0), 0), 1)) as reached_weight
        from monitoring.watched_indicator
        join (select indicator_id, track, actual from monitoring.indicator_progress) using (indicator_id)
        where track = 'cumulative' and actual is not null and coalesce(low, high) > 0
        group by subject_id
    )

select
    subject_id,
    subject_name,
    unit_id,
    execution_rate,
    cast(reached_weight / nullif(weight_sum, 0) as decimal(28, 6)) as goal_share,
    cast(execution_rate - goal_share as decimal(28, 6)) as lead_share
from monitoring.execution
left join goal using (subject_id)
order by subject_id
