-- One row per indicator as it is in force on the cut-off day: the version that monitoring watches.
-- In parts by subject_id of targets.indicator_version.
with
    cutoff as (
        select last_day(make_date(fiscal_year, cutoff_month, 1)) as cutoff_date
        from raw.cycle
        cross join ref.policy
    ),
    in_force as (
        select indicator_version.*
        from targets.indicator_version
        join cutoff on valid_from <= cutoff_date
        qualify row_number() over (partition by subject_id, indicator_id order by valid_from desc, receipt_number desc) = 1
    ),
    first_version as (
        select subject_id, indicator_id, target_text as initial_target_text
        from targets.indicator_version
        where receipt_number = 0
    )

select
    in_force.* exclude (version_number, receipt_number, valid_from, is_withdrawn, is_clerical),
    coalesce(initial_target_text, '') as initial_target_text
from in_force
left join first_version using (subject_id, indicator_id)
where not is_withdrawn
order by subject_id, position
