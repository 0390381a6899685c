-- One row per indicator with a row in a monitoring form: what the form says was reached by the cut-off.
-- Rows find their indicator by its place in the tree; of two rows for one indicator the first counts (M08 names the other).
-- In parts by subject_id of raw.monitoring_row.
with
    form_row as (
        select
            monitoring_row.*,
            indicator_key(subject_id, coalesce(tree_name.level2, monitoring_row.level2), level3) as indicator_id
        from raw.monitoring_row
        left join ref.tree_name on monitoring_row.level2 = tree_name.name
    )

select
    indicator_id,
    subject_id,
    row_number,
    actual_text,
    actual_kind,
    actual,
    actual_date,
    actual_state,
    forecast,
    likelihood,
    deviation_reason,
    measure,
    note,
    prior_cutoff_actual,
    file_sha256,
    file_name,
    sheet,
    actual_cell
from form_row
join (from monitoring.watched_indicator select subject_id, indicator_id) using (subject_id, indicator_id)
qualify row_number() over (partition by subject_id, indicator_id order by row_number) = 1
order by indicator_id
