-- Every fact is printed in a number format that the edition has.
select fact_key, format
from reporting.fact
where definition_key in (select fact_key from ref.fact_definition)
    and format not in (select format from ref.number_format)
