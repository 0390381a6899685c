-- One row per indicator that anything can be forecast for: from the lowest to the highest forecast, and what they rest on.
-- Missed by all: every computed forecast falls short, whatever the officer expects.
select
    indicator_id,
    min(value) as lowest,
    max(value) as highest,
    min(measure_unit) as measure_unit,
    count(*) as forecast_count,
    string_agg(basis, '；' order by method) as basis,
    coalesce(not bool_or(is_enough) filter (method <> 'officer'), false) as is_missed_by_all
from monitoring.forecast
group by indicator_id
order by indicator_id
