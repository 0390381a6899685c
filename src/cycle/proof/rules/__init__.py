"""The rules R01 to R10, listed in one table; each is a function of a document and its tolerances."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cycle.proof.model import Document, TextFinding
from cycle.proof.rules.apart import off_plan, rates_apart
from cycle.proof.rules.averages import averages
from cycle.proof.rules.balances import carry_over, groups, local_balance, repeated_figures, whole_rate
from cycle.proof.rules.bare import bare_figures, periods
from cycle.proof.rules.bases import bases_alone
from cycle.proof.rules.belongings import names, years
from cycle.proof.rules.bodies import acting_bodies
from cycle.proof.rules.calendar import days_apart, paces
from cycle.proof.rules.cells_apart import changes_of_cells
from cycle.proof.rules.claims import claims, false_claims, overstated
from cycle.proof.rules.comparisons import comparisons
from cycle.proof.rules.coverage import coverage
from cycle.proof.rules.differences import differences, explained_gaps, net_changes, point_losses, running_totals
from cycle.proof.rules.directions import against_targets, opposite_growth, turned, turned_terms
from cycle.proof.rules.eras import (
    compared_with_itself,
    dates_out_of_order,
    heads_of_other_years,
    months_apart,
    titles_of_other_years,
    years_in_a_row,
)
from cycle.proof.rules.events import all_before_some, events_apart, stages
from cycle.proof.rules.formats import formats
from cycle.proof.rules.gaps import families, parallel_sentences, rest_untold, unmentioned
from cycle.proof.rules.grades import grades
from cycle.proof.rules.grids import column_sums, over_weight, row_differences, row_rates
from cycle.proof.rules.growth import growth
from cycle.proof.rules.items import item_sums
from cycle.proof.rules.leanings import beside_time, leanings
from cycle.proof.rules.leftovers import leftovers
from cycle.proof.rules.levels import distances, goals_apart, levels, misses, shortfalls, told_behind
from cycle.proof.rules.lists import lists
from cycle.proof.rules.losses import lost_by_row, lost_in_all, lost_in_sentence, lost_points
from cycle.proof.rules.malformed import malformed
from cycle.proof.rules.means import means_apart
from cycle.proof.rules.multiples import multiples
from cycle.proof.rules.namesakes import evaluated_by_others, names_apart, places_apart, short_names
from cycle.proof.rules.of_these import of_goals, of_these
from cycle.proof.rules.pairs import rates_of_pairs
from cycle.proof.rules.pointed import named_wholes, pointed_at, said_again
from cycle.proof.rules.quotients import quotients
from cycle.proof.rules.rates import rates
from cycle.proof.rules.remains import additions, beyond, losses_of_running, remains
from cycle.proof.rules.repeats import repeated_paragraphs
from cycle.proof.rules.residue import broken_sentences, empty_points, residue
from cycle.proof.rules.restated import restated
from cycle.proof.rules.same_fact import anchored_growth, same_fact
from cycle.proof.rules.scales import slipped_units
from cycle.proof.rules.scores import full_lists, score_sums, table_total
from cycle.proof.rules.shares import shares_in_turn
from cycle.proof.rules.slipped_parts import slipped_parts
from cycle.proof.rules.slips import slips
from cycle.proof.rules.spans import counted_years, past_forecasts
from cycle.proof.rules.standards import standards
from cycle.proof.rules.sums import totals_before
from cycle.proof.rules.told import between_tables, bound_to_sources, text_and_tables
from cycle.proof.rules.totals import totals_behind
from cycle.proof.rules.wording import inclusive_bounds, task_names
from cycle.proof.rules.yearly import growth_of_years, yearly_means
from cycle.proof.tolerances import Tolerances

Rule = Callable[[Document, Tolerances], Iterator[TextFinding]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("R01", rates),
    ("R01", growth),
    ("R01", quotients),
    ("R01", comparisons),
    ("R01", bases_alone),
    ("R01", growth_of_years),
    ("R01", yearly_means),
    ("R02", distances),
    ("R02", shortfalls),
    ("R02", goals_apart),
    ("R02", misses),
    ("R02", told_behind),
    ("R04", levels),
    ("R03", turned),
    ("R03", turned_terms),
    ("R03", leanings),
    ("R02", beside_time),
    ("R01", rates_apart),
    ("R01", means_apart),
    ("R01", standards),
    ("R01", changes_of_cells),
    ("R01", of_these),
    ("R01", of_goals),
    ("R01", whole_rate),
    ("R01", averages),
    ("R01", shares_in_turn),
    ("R01", multiples),
    ("R02", paces),
    ("R02", days_apart),
    ("R02", off_plan),
    ("R01", rates_of_pairs),
    ("R01", row_rates),
    ("R02", totals_before),
    ("R02", totals_behind),
    ("R02", slipped_parts),
    ("R02", item_sums),
    ("R02", column_sums),
    ("R02", differences),
    ("R02", net_changes),
    ("R02", leftovers),
    ("R02", remains),
    ("R02", beyond),
    ("R02", losses_of_running),
    ("R02", additions),
    ("R02", explained_gaps),
    ("R02", running_totals),
    ("R02", lists),
    ("R02", carry_over),
    ("R02", local_balance),
    ("R02", groups),
    ("R03", same_fact),
    ("R03", anchored_growth),
    ("R03", repeated_figures),
    ("R03", slips),
    ("R03", slipped_units),
    ("R03", restated),
    ("R03", pointed_at),
    ("R03", said_again),
    ("R03", named_wholes),
    ("R03", opposite_growth),
    ("R03", events_apart),
    ("R03", all_before_some),
    ("R03", stages),
    ("R03", months_apart),
    ("R03", dates_out_of_order),
    ("R03", text_and_tables),
    ("R03", between_tables),
    ("R03", inclusive_bounds),
    ("R03", task_names),
    ("R04", claims),
    ("R04", false_claims),
    ("R04", overstated),
    ("R04", against_targets),
    ("R05", coverage),
    ("R05", parallel_sentences),
    ("R05", unmentioned),
    ("R05", rest_untold),
    ("R05", families),
    ("R06", score_sums),
    ("R06", full_lists),
    ("R06", table_total),
    ("R06", over_weight),
    ("R06", grades),
    ("R07", lost_points),
    ("R07", lost_in_all),
    ("R07", lost_by_row),
    ("R07", lost_in_sentence),
    ("R07", point_losses),
    ("R07", row_differences),
    ("R08", bare_figures),
    ("R08", periods),
    ("R08", counted_years),
    ("R08", past_forecasts),
    ("R08", years_in_a_row),
    ("R08", bound_to_sources),
    ("R09", repeated_paragraphs),
    ("R10", residue),
    ("R10", empty_points),
    ("R10", broken_sentences),
    ("R10", malformed),
    ("R10", years),
    ("R10", titles_of_other_years),
    ("R10", compared_with_itself),
    ("R10", heads_of_other_years),
    ("R10", names),
    ("R10", acting_bodies),
    ("R10", names_apart),
    ("R10", short_names),
    ("R10", places_apart),
    ("R10", evaluated_by_others),
    ("R10", formats),
)
