-- Shared expressions. Scoring counts in whole numbers: a Number has six decimals, so its millionths are whole, and
-- points are whole cents. Multiply first, divide once, round once, half-up.

-- A number in millionths.
create or replace macro millionths(number) as cast(cast(number as decimal(38, 6)) * 1000000 as hugeint);

-- Points in cents, and cents as points.
create or replace macro cents(points) as cast(cast(points as decimal(38, 2)) * 100 as hugeint);
create or replace macro points_of(cent_count) as cast(cast(cent_count as decimal(9, 0)) * 0.01 as decimal(7, 2));

-- A quotient of whole numbers, dividend >= 0 and divisor > 0, rounded half-up; null where the divisor is 0.
create or replace macro half_up(dividend, divisor) as
  (2 * cast(dividend as hugeint) + cast(divisor as hugeint)) // nullif(2 * cast(divisor as hugeint), 0);

-- A quotient for print, six decimals, half-up; null where the denominator is 0. Nothing is computed from it.
create or replace macro printed_ratio(numerator, denominator) as
  cast(sign(numerator) * half_up(abs(millionths(numerator)) * 1000000, millionths(denominator))
    as decimal(28, 0)) * 0.000001;

-- An achievement as two whole numbers. Nothing under 0 counts; over a denominator of 0 it lies beyond every knot.
create or replace macro achievement_top(numerator, denominator) as
  case when numerator is null then null
    when denominator > 0 then millionths(greatest(numerator, 0))
    when numerator > 0 then 1000000000000000::hugeint
    when denominator is not null then 0::hugeint end;
create or replace macro achievement_bottom(denominator) as
  case when denominator > 0 then millionths(denominator) else 1000000::hugeint end;

-- The key that finds the segment of a curve: floor(achievement · 1000000), exact at every knot.
create or replace macro achievement_key(numerator, denominator) as
  achievement_top(numerator, denominator) * 1000000 // achievement_bottom(denominator);

-- Points of a weight by one segment of a curve, whose value stays a fraction until this one rounding.
create or replace macro curve_points(weight, numerator, denominator, slope_top, intercept_top, curve_bottom) as
  points_of(half_up(
    cents(weight) * (slope_top * achievement_top(numerator, denominator)
      + intercept_top * achievement_bottom(denominator)),
    curve_bottom * achievement_bottom(denominator)));

-- A number in words: no zeros at its end, no separators.
create or replace macro plain(number) as regexp_replace(cast(number as varchar), '\.0+$|(\.\d*[1-9])0+$', '\1');

-- A figure as people print it, its thousands parted; an amount of 元 in 万元; a figure with 元 as its unit likewise.
create or replace macro grouped(number) as if(number < 0, '-', '')
  || coalesce(format('{:,}', try_cast(split_part(plain(abs(number)), '.', 1) as bigint)), split_part(plain(abs(number)), '.', 1))
  || regexp_extract(plain(number), '\.\d+$');
create or replace macro in_wan(amount) as grouped(cast(amount as decimal(28, 2)) * 0.0001) || '万元';
create or replace macro measured(number, measure_unit) as if(measure_unit = '元', in_wan(number), grouped(number));

-- Lines of a ledger as an address: each run of them from its first to its last; where the runs are many, the first and
-- the last line of all, and how many are meant.
create or replace macro line_runs(numbers) as list_zip(
  list_filter(numbers, lambda number, place: place = 1 or numbers[place - 1] < number - 1),
  list_filter(numbers, lambda number, place: place = len(numbers) or numbers[place + 1] > number + 1));
create or replace macro ledger_lines(numbers) as '行 ' || case
  when len(line_runs(numbers)) > 24 then numbers[1] || '–' || numbers[-1] || '（其中 ' || len(numbers) || ' 行）'
  else array_to_string(list_transform(line_runs(numbers),
    lambda run: run[1] || if(run[2] > run[1], '–' || run[2], '')), '、') end;

-- The identity of an indicator, its level2 in the tree's own words.
create or replace macro indicator_key(subject_id, level2, level3) as subject_id || '/' || level2 || '/' || level3;

-- What kind of subject an id names.
create or replace macro subject_kind(subject_id) as if(subject_id = 'department', 'department', 'project');

-- A name as it is compared: without blanks and marks of core indicators, brackets in one width.
create or replace macro plain_name(name) as translate(regexp_replace(name, '[\s　★*]', '', 'g'), '（）', '()');

-- Whether a target asks for nothing to happen: not more than zero, or exactly zero.
create or replace macro is_zero_target(relation, low, high) as
  coalesce(relation in ('eq', 'le', 'lt') and coalesce(high, low) = 0, false);

-- The share of a stepwise target that is due by the end of a month: '6:0.5;12:1' in month 7 is 0.5.
create or replace macro due_share(due_shares, month) as coalesce(list_max(list_transform(
  list_filter(string_split(due_shares, ';'), lambda step: try_cast(split_part(step, ':', 1) as integer) <= month),
  lambda step: try_cast(split_part(step, ':', 2) as decimal(28, 6)))), 0);

-- Progress in millionths of what is due, rounded down, so that it meets a light's lower end exactly; null where nothing
-- can be compared. Money given back can make an amount negative: that is no progress.
create or replace macro progress_key(numerator, denominator) as
  case when denominator > 0 then achievement_key(numerator, denominator) end;

-- A share for print, cut off after six decimals: cut, never rounded, so that rounding it once more when it is printed
-- gives what rounding the exact share would give.
create or replace macro share_of(numerator, denominator) as
  cast(millionths(numerator) * 1000000 // nullif(millionths(denominator), 0) as decimal(28, 0)) * 0.000001;

-- An identifier as part of a fact's key: P-001 becomes p_001.
create or replace macro key_part(identifier) as
  lower(regexp_replace(identifier, '[^0-9A-Za-z\p{Han}]+', '_', 'g'));

-- Where something stands, as people read it: file · sheet · cell.
create or replace macro address_of(file_name, sheet, cell) as
  concat_ws(' · ', nullif(file_name, ''), nullif(sheet, ''), nullif(cell, ''));

-- The months from January to the cut-off, as a period in words.
create or replace macro cutoff_period(fiscal_year, cutoff_month) as
  fiscal_year || '年1—' || cutoff_month || '月';

-- The beginning of the keys of a project's facts, and of an indicator's, numbered within its subject; the latter reads
-- all rows of targets.indicator.
create or replace macro project_prefix(project_id) as 'project_' || key_part(project_id) || '_';
create or replace macro indicator_prefix(subject_kind, subject_id, position, indicator_id) as
  case subject_kind when 'department' then '' else project_prefix(subject_id) end || 'indicator_'
    || row_number() over (partition by subject_id order by position, indicator_id) || '_';

-- Promises of one relation and unit as numbers that can be compared: a day by its place in the calendar.
create or replace macro ordered(relation, low, high, target_date) as
  if(relation = 'range', low + high, coalesce(low, high, date_diff('day', date '1970-01-01', target_date)));

-- What happened to a number; what cannot be compared is unchanged.
create or replace macro change_of(number, number_before) as
  coalesce(['lowered', 'unchanged', 'raised'][cast(2 + sign(number - number_before) as integer)], 'unchanged');

-- What a changed number asks for: more is harder, but less where less is better or a day is the limit; a narrower range
-- is harder, whichever way it moved.
create or replace macro demand(change_kind, relation, direction, width, width_before) as case
  when change_kind not in ('raised', 'lowered') then 'same'
  when relation = 'range' and width <> width_before then if(width < width_before, 'harder', 'easier')
  when (direction = 'reverse' or relation = 'date_le') = (change_kind = 'raised') then 'easier'
  else 'harder' end;

-- What a unit of money is in 元; null where a unit is none.
create or replace macro in_yuan(measure_unit) as
  map {'元': 1, '千元': 1000, '万元': 10000, '百万元': 1000000, '千万元': 10000000, '亿元': 100000000}[measure_unit];

-- What several people said, joined by '；', without the mark that ended a saying before its joint.
create or replace macro joined(sayings) as regexp_replace(sayings, '[。；]+；', '；', 'g');

-- A share in words, one decimal of a percent, cut off.
create or replace macro in_percent(share) as plain(trunc(cast(share as decimal(28, 6)) * 1000) / 10.0) || '%';
