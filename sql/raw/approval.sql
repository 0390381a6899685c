-- One row per milestone that is approved: the decision in force.
-- The latest decision of a milestone counts; a return after an approval opens the milestone again.
with
    latest as (
        select milestone, max(receipt_number) as receipt_number
        from raw.decision
        group by milestone
    )

select milestone, receipt_number, document_no, person, decided_on
from raw.decision
semi join latest using (milestone, receipt_number)
where decision = 'approve'
order by receipt_number
