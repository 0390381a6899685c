-- One row per indicator and way to look ahead to the end of the year: the value that it gives, and whether that is enough.
-- run_rate: as in the months so far · profile: as last year went on after the same month · held: what is measured each time
-- stays as it is · officer: the sender's own 全年预计. No data gives no forecast, and what is due at once has no run rate.
with
    known as (
        select
            watched_indicator.indicator_id,
            relation,
            coalesce(low, high) as least,
            coalesce(high, low) as most,
            is_zero_target(relation, low, high) as is_zero,
            measure_unit,
            track,
            pace,
            prior_actual,
            if(actual_kind = 'number', actual, null) as actual,
            forecast,
            prior_cutoff_actual,
            cutoff_month
        from monitoring.watched_indicator
        join (from monitoring.due_target select subject_id, indicator_id, track) using (subject_id, indicator_id)
        join monitoring.reached_value using (subject_id, indicator_id)
        cross join ref.policy
    ),
    outlook as (
        select indicator_id, relation, least, most, is_zero, measure_unit, unnest([
            {method: 'run_rate', value: if(track = 'cumulative' and pace = 'linear', share_of(actual * 12, cutoff_month), null),
                basis: '1—' || cutoff_month || '月完成 ' || plain(actual) || '，按月均推算'},
            {method: 'profile', value: if(track = 'cumulative' and prior_cutoff_actual > 0,
                share_of(actual * prior_actual, prior_cutoff_actual), null),
                basis: '上年同期 ' || plain(prior_cutoff_actual) || '、全年 ' || plain(prior_actual) || '，按上年进度推算'},
            {method: 'held', value: if(track <> 'cumulative', actual, null),
                basis: '按截至' || cutoff_month || '月的水平 ' || plain(actual)},
            {method: 'officer', value: forecast, basis: '填报人的全年预计'}
        ], recursive := true)
        from known
    )

select
    indicator_id,
    method,
    value,
    measure_unit,
    basis,
    case
        when is_zero then value <= 0
        when relation in ('ge', 'eq', 'approx') then value >= least
        when relation = 'gt' then value > least
        when relation = 'le' then value <= most
        when relation = 'lt' then value < most
        when relation = 'range' then value between least and most
    end as is_enough
from outlook
where value is not null
order by indicator_id, method
