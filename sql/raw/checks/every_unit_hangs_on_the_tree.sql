-- Units whose parent the cycle does not have.
select child.unit_id, child.unit_name, child.parent_id
from raw.unit as child
anti join raw.unit as parent on child.parent_id = parent.unit_id
where child.parent_id <> ''
