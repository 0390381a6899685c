-- One row per indicator and version: as the target form has it, then after each adjustment that names it.
-- What an adjustment leaves empty stays as it was. Valid from: the approval or the first day of the year, whichever is
-- earlier; after that the day from which the adjustment holds, however much later it was recorded.
-- In parts by subject_id of targets.placed_row.
with
    begin as (
        select least(make_date(fiscal_year, 1, 1), coalesce(decided_on, make_date(fiscal_year, 1, 1))) as first_day
        from raw.cycle
        left join raw.approval on milestone = 'targets'
    ),
    event as (
        select
            placed_row.*,
            is_clerical,
            if(receipt_number = 0, first_day, effective_on) as valid_from,
            if(has_target,
                {text: target_text, relation: relation, low: low, high: high, measure_unit: measure_unit,
                    target_date: target_date, direction: direction, pace: pace, due_shares: due_shares,
                    file_sha256: file_sha256, file_name: file_name, sheet: sheet, target_cell: target_cell},
                null) as own_target,
            if(weight is null, null, {weight: weight, cell: weight_cell}) as own_weight
        from targets.placed_row
        cross join begin
        left join (from raw.adjustment select receipt_number, subject_id, effective_on, is_clerical) using (receipt_number, subject_id)
    ),
    version as (
        select
            * exclude (unit_id, position),
            row_number() over until_now - 1 as version_number,
            first_value(unit_id) over until_now as unit_id,
            first_value(if(receipt_number = 0, 0, 1000) + position) over until_now as position,
            last_value(own_target ignore nulls) over until_now as target,
            last_value(own_weight ignore nulls) over until_now as weighted,
            last_value(prior_actual ignore nulls) over until_now as known_prior
        from event
        window until_now as (
            partition by subject_id, indicator_id order by receipt_number
            rows between unbounded preceding and current row
        )
    )

select
    indicator_id, subject_id, subject_kind, unit_id,
    position,
    level1, level2, level3,
    coalesce(target.text, '') as target_text,
    target.relation as relation,
    target.low as low,
    target.high as high,
    coalesce(target.measure_unit, '') as measure_unit,
    target.target_date as target_date,
    coalesce(target.direction, 'positive') as direction,
    if(is_withdrawn, 0, weighted.weight) as weight,
    known_prior as prior_actual,
    coalesce(target.pace, pace) as pace,
    coalesce(target.due_shares, '') as due_shares,
    note,
    coalesce(target.file_sha256, file_sha256) as file_sha256,
    coalesce(target.file_name, file_name) as file_name,
    coalesce(target.sheet, sheet) as sheet,
    name_cell,
    coalesce(target.target_cell, target_cell) as target_cell,
    coalesce(weighted.cell, weight_cell) as weight_cell,
    version_number,
    receipt_number,
    coalesce(valid_from, (select first_day from begin)) as valid_from,
    is_withdrawn,
    coalesce(is_clerical, false) as is_clerical
from version
order by subject_id, position, version_number
