-- One row per key project, with the first rule that takes it in: class, term and least initial budget all fit.
-- Computed at each run from the ledger's initial budget (in force at the start of the year), never typed.
with
    initial as (
        select project_id, sum(initial_amount) as initial_amount
        from targets.budget
        where expenditure = 'project'
        group by project_id
    )

select
    project_id,
    project_name,
    unit_id,
    initial_amount,
    project_class,
    project_term,
    rule_id,
    concat_ws('；', title, class_word.word || '、' || term_word.word || '，年初预算 ' || in_wan(initial_amount)
        || if(is_inclusive, '，不低于 ', '，高于 ') || in_wan(minimum_amount)) as reason
from targets.project
join initial using (project_id)
join ref.key_rule using (project_class, project_term)
left join (select rule_id, title from ref.rule) using (rule_id)
left join ref.word as class_word
    on class_word.list_name = 'project_class' and project_class = class_word.code
left join ref.word as term_word on term_word.list_name = 'project_term' and project_term = term_word.code
where initial_amount > minimum_amount or (is_inclusive and initial_amount = minimum_amount)
qualify row_number() over (partition by project_id order by rule_id, class_word.position, term_word.position) = 1
order by project_id
