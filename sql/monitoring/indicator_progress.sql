-- One row per indicator: what was reached at the cut-off against what was due by then, and its light.
-- The light is the band in which the progress lies, found exactly; grey where nothing is due or nothing can be compared.
-- Met = what is due has been reached; a target "more than" asks for more. Forecast at the run rate: actual · 12 ÷ month.
-- In parts by subject_id of monitoring.watched_indicator.
with
    progress as (
        select *, progress_key(numerator, denominator) as key
        from monitoring.due_target
    ),
    lit as (
        select progress.*, coalesce(light, 'grey') as light
        from progress
        asof left join ref.light_band on progress.track = light_band.track and key >= from_key
    )

select
    indicator_id,
    subject_id,
    unit_id,
    position,
    level1,
    level2,
    level3,
    target_text,
    initial_target_text,
    pace,
    track,
    coalesce(actual_text, '') as actual_text,
    if(actual_kind = 'number', actual, null) as actual,
    numerator,
    denominator,
    share_of(numerator, denominator) as progress_share,
    if(track = 'cumulative' and actual_kind = 'number', share_of(actual * 12, cutoff_month), null) as forecast_run_rate,
    forecast,
    coalesce(likelihood, '') as likelihood,
    coalesce(deviation_reason, '') as deviation_reason,
    coalesce(measure, '') as measure,
    case
        when is_not_due then 'not_due'
        when numerator is null then 'not_available'
        when if(is_strict, numerator > denominator, numerator >= denominator) then 'met'
        else 'not_met'
    end as status,
    light,
    coalesce(reached_value.file_sha256, '') as file_sha256,
    coalesce(reached_value.file_name, '') as file_name,
    coalesce(reached_value.sheet, '') as sheet,
    coalesce(actual_cell, '') as cell
from monitoring.watched_indicator
join lit using (subject_id, indicator_id)
left join monitoring.reached_value using (subject_id, indicator_id)
cross join ref.policy
order by subject_id, position
