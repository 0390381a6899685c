-- One row per input cell behind a fact, directly or through the facts that it is computed from.
with recursive reach as (
    select fact_key, fact_key as input_key from reporting.fact
    union
    select reach.fact_key, fact_input.input_key
    from reach
    join reporting.fact_input fact_input on fact_input.fact_key = reach.input_key
),
cell as (
    select distinct reach.fact_key, label, file_sha256, file_name, sheet, cell
    from reach
    join reporting.fact_cell fact_cell on fact_cell.fact_key = reach.input_key
)
select
    fact_key,
    row_number() over (
        partition by fact_key order by file_name, file_sha256, sheet, length(cell), cell, label
    ) as source_number,
    label,
    file_sha256,
    file_name,
    sheet,
    cell
from cell
order by fact_key, source_number
