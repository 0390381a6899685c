-- A row of the department scorecard that lost points although it was scored names at least one input cell.
select l.key, l.name, l.lost_points
from scoring.lost_point l
anti join scoring.lost_point_source s on l.scope_id = s.scope_id and l.line_number = s.line_number
where line_kind = 'scorecard' and numerator is not null
