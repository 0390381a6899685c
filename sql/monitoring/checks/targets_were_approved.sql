-- A row where the targets are not approved, or were returned after it: nothing is monitored against open targets.
with
    latest as (
        select decision, document_no, decided_on, comment
        from raw.decision
        where milestone = 'targets'
        order by receipt_number desc
        limit 1
    )

select
    coalesce(
        '绩效目标于 ' || latest.decided_on || ' 被退回修改，尚未重新批复：' || latest.comment,
        '绩效目标尚未批复，不能开展绩效运行监控'
    ) as problem,
    '请先审核绩效目标并登记批复决定（cycle decide … targets approve），再重新运行监控' as cure
from raw.cycle
left join latest on true
where latest.decision is distinct from 'approve'
