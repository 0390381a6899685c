-- Errors that stand in submitted monitoring forms or are owed: nothing is built on them before they are mended.
select * from monitoring.finding where level = 'error'
