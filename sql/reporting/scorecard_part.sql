-- One row per part and group of the scorecard, in order: what its rows weigh, earned and lost.
select
    row_number() over (order by min(position)) as position,
    part,
    group_name,
    count(*) as row_count,
    sum(weight) as weight,
    sum(points) as points,
    sum(weight - points) as lost_points
from scoring.scorecard_score
group by part, group_name
order by position
