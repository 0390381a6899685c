-- One row per narrative section, as the latest file has it.
select narrative.*
from parsed.narrative
join raw.submitted_file using (file_sha256)
qualify row_number() over (partition by section order by receipt_number desc) = 1
order by section
