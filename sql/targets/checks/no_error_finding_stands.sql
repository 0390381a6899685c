-- Errors that stand in submitted target forms: nothing is approved or built on them before they are mended.
select * from targets.finding where level = 'error'
