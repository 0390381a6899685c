-- One row per row of a target form: what the words of its name say about class, direction and input.
-- The last word of a name decides, of those the longest: 投诉办结率 is a rate, not a complaint. Where no word tells the
-- class, a day tells it, then the measure unit. The core of a name leaves out brackets and words that say nothing.
-- Many rows bear the same name, so names are looked through once each.
with
    filler as (
        select
            '^(' || string_agg(word, '|' order by length(word) desc) filter (code = 'front') || ')+' as front,
            '(' || string_agg(word, '|' order by length(word) desc) filter (code = 'end') || ')$' as back
        from ref.word
        where list_name = 'name_filler'
    ),
    named as (
        select
            subject_id,
            row_number,
            file_sha256,
            sheet,
            relation,
            measure_unit,
            regexp_replace(plain_name(level3), '\([^)]*\)', '', 'g') as name
        from raw.target_row
    ),
    core as (
        select name, coalesce(regexp_replace(regexp_replace(name, front, ''), back, ''), name) as core_name
        from (select distinct name from named)
        cross join filler
    ),
    told as (
        select name, list_name, word, code
        from core
        join ref.word on list_name in ('class_cue', 'direction_cue', 'input_word', 'input_exempt_word') and contains(name, word)
        qualify row_number() over (
            partition by name, list_name
            order by strpos(reverse(name), reverse(word)), length(word) desc) = 1
    ),
    cue as (
        select
            name,
            max(word) filter (list_name = 'class_cue') as class_word,
            max(code) filter (list_name = 'class_cue') as class_code,
            max(word) filter (list_name = 'direction_cue') as direction_word,
            max(code) filter (list_name = 'direction_cue') as direction,
            max(word) filter (list_name = 'input_word') as input_word,
            max(word) filter (list_name = 'input_exempt_word') as exempt_word
        from told
        group by name
    )

select
    file_sha256,
    sheet,
    row_number,
    subject_id,
    core_name,
    coalesce(class_word, by_target.word, by_unit.word, '') as class_word,
    coalesce(class_code, by_target.code, by_unit.code, '') as class_code,
    coalesce(direction_word, '') as direction_word,
    coalesce(direction, '') as direction,
    if(exempt_word is null, coalesce(input_word, ''), '') as input_word
from named
left join core using (name)
left join cue using (name)
left join ref.word as by_target on by_target.list_name = 'target_class_cue' and by_target.word = relation
left join ref.word as by_unit on by_unit.list_name = 'unit_class_cue' and by_unit.word = measure_unit
order by file_sha256, sheet, row_number
