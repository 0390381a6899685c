-- A row of the department scorecard that lost points on something that was reported or booked names its input cells.
select l.key, l.name, l.lost_points
from scoring.lost_point l
anti join scoring.lost_point_source s on l.scope_id = s.scope_id and l.line_number = s.line_number
where line_kind = 'scorecard' and (numerator <> 0 or denominator <> 0)
