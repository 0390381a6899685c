-- Indicators that have no colour although their progress is known, or one although it is not.
select indicator_id, light, status, numerator, denominator
from monitoring.indicator_progress
where (light = 'grey') <> (numerator is null) or (light = 'grey') <> (status in ('not_due', 'not_available'))
