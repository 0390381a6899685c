-- Indicators without progress, and progress without an indicator.
select indicator_id
from (select indicator_id, true as is_target from monitoring.watched_indicator) as indicator
full join (select indicator_id, true as is_watched from monitoring.indicator_progress) as progress using (indicator_id)
where is_target is null or is_watched is null
