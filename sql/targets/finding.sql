-- One row per fault or question about the targets: of a row, of a whole form, of its standing beside approval and money,
-- of adjustments, of the project pool, of first levels' weights, of the year before. What somebody waived stays as a note that refuses nothing.
with
    found as (
        select * from targets.row_finding
        union all
        select * from targets.wording_finding
        union all
        select * from targets.set_finding
        union all
        select * from targets.version_finding
        union all
        select * from targets.adjustment_finding
        union all
        select * from targets.adjusted_target_finding
        union all
        select * from targets.pool_finding
        union all
        select * from targets.weight_finding
        union all
        select * from targets.prior_finding
    )

select found.* replace (if(waiver.rule_id is null, level, 'info') as level)
from found
left join raw.waiver using (rule_id, subject_id)
order by file_name, sheet, subject_id, rule_id, length(cell), cell, value
