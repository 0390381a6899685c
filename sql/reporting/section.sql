-- One row per heading of the outline, with the markdown that people wrote for it (may be empty).
select
    section,
    position,
    depth,
    number,
    title,
    coalesce(text, '') as narrative,
    coalesce(file_name, '') as file_name
from ref.report_section
left join (select section, text, file_name from raw.narrative) narrative using (section)
order by position
