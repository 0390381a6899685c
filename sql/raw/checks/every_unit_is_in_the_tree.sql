-- Units named in an accepted file that the cycle does not have: nobody would answer for their money and rows.
with
    named_unit as (
        select unit_id, file_name, sheet, min(cell) as cell from raw.head_value group by all
        union all
        select unit_id, file_name, sheet, min(name_cell) from raw.target_row group by all
        union all
        select unit_id, file_name, sheet, min(actual_cell) from raw.monitoring_row group by all
        union all
        select unit_id, file_name, sheet, min(actual_cell) from raw.result_row group by all
        union all
        select unit_id, file_name, sheet, min(cell) from raw.fact_row group by all
        union all
        select unit_id, file_name, '', '行 ' || min(line_number) from raw.budget_entry group by all
        union all
        select unit_id, file_name, '', '行 ' || min(line_number) from raw.spending_entry group by all
    )

select *
from named_unit
anti join raw.unit using (unit_id)
