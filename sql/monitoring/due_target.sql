-- One row per indicator: the track it is watched on, what is due by the cut-off and what was reached, as a fraction.
-- linear a·12 / t·month · step a / t·due share · level a / t; what holds or not is 1, a half or 0 over 1: upper bounds, zero
-- targets, ranges left upwards, dates, states. Both null where nothing can be compared: not due yet, or no data.
with
    cutoff as (
        select cutoff_month, last_day(make_date(fiscal_year, cutoff_month, 1)) as cutoff_date
        from raw.cycle
        cross join ref.policy
    ),
    watched as (
        select
            indicator_id,
            subject_id,
            pace,
            relation,
            coalesce(low, high) as target,
            coalesce(high, low) as upper_bound,
            is_zero_target(relation, low, high) as is_zero,
            target_date,
            coalesce(actual_kind, 'empty') as actual_kind,
            if(actual_kind = 'number', actual, null) as actual,
            actual_date,
            nullif(actual_state, '') as actual_state,
            due_share(due_shares, cutoff_month) as due_share,
            cutoff_month,
            cutoff_date
        from monitoring.watched_indicator
        left join monitoring.reached_value using (subject_id, indicator_id)
        cross join cutoff
    ),
    tracked as (
        select
            *,
            case
                when is_zero or relation in ('le', 'lt', 'date_le', 'yes_no', 'qualitative') then 'holds'
                when relation = 'range' and (actual > upper_bound or target <= 0) then 'holds'
                when pace in ('linear', 'step') then 'cumulative'
                else 'level'
            end as track,
            coalesce(
                (pace = 'annual_only' and cutoff_month < 12)
                or (pace = 'step' and track = 'cumulative' and due_share = 0)
                or (target_date > cutoff_date and actual_date is null and actual_state is distinct from 'met'),
                false
            ) as is_not_due,
            case
                when is_zero then cast(actual <= 0 as integer)
                when relation in ('le', 'range') then cast(actual <= upper_bound as integer)
                when relation = 'lt' then cast(actual < upper_bound as integer)
                when actual_date is not null then cast(actual_date <= target_date as integer)
                when target_date >= cutoff_date and actual_state = 'met' then 1
                when target_date is not null then if(actual_state in ('partly_met', 'not_met'), 0, null)
                else map {'met': 1, 'partly_met': 0.5, 'not_met': 0}[actual_state]
            end as held_share
        from watched
    )

select
    indicator_id,
    subject_id,
    track,
    is_not_due,
    coalesce(relation = 'gt', false) as is_strict,
    case
        when is_not_due then null
        when track = 'holds' then held_share
        when target > 0 and pace = 'linear' then actual * 12
        when target > 0 then actual
    end as numerator,
    case
        when numerator is null then null
        when track = 'holds' then 1
        when pace = 'linear' then target * cutoff_month
        when pace = 'step' then target * due_share
        else target
    end as denominator
from tracked
order by indicator_id
