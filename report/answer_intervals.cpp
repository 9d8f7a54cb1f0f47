#include "report/answer_intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <vector>

#include "livelihoods/count_interval.hpp"

namespace vereda::report {

using geo::operator""_msg;
using livelihoods::ReadinessState;
using livelihoods::Violation;

namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

double share(double part, double whole) {
    return whole > 0 ? std::min(1.0, part / whole) : 0;
}

std::string region_name(const RunResults& results, const std::string& id) {
    if (!results.regions) return id;
    const auto found = results.regions->find(id);
    return found ? results.regions->regions()[*found].name : id;
}

std::string growers_sentence(const AnswerContext& c) {
    const GrowerReach& growers = c.figures.growers;
    if (growers.regions == 0 || growers.estimated_hi <= 0) return c.words.text("answer.reach.no_growers"_msg);
    const auto delivered = static_cast<double>(growers.delivered);
    const auto percent = [&](double of) { return c.numbers.percent(share(delivered, of)); };
    const bool more_than_grow = delivered > growers.estimated_hi;
    return c.words.text(more_than_grow ? "answer.reach.growers_exceeded"_msg : "answer.reach.growers"_msg,
                        {{"regions", c.numbers.integer(growers.regions)},
                         {"all", c.numbers.integer(growers.regions + growers.regions_without)},
                         {"growers", c.numbers.integer(std::lround(growers.estimated))},
                         {"lo", c.numbers.integer(std::lround(growers.estimated_lo))},
                         {"hi", c.numbers.integer(std::lround(growers.estimated_hi))},
                         {"delivered", c.numbers.integer(growers.delivered)},
                         {"share", percent(growers.estimated)},
                         {"share_lo", percent(growers.estimated_hi)},
                         {"share_hi", percent(growers.estimated_lo)}});
}

/// READY for sure and READY at most: of the regions left open, those whose score can still reach the threshold.
std::pair<long, long> ready_bounds(const RunResults& results) {
    long sure = 0;
    long open = 0;
    for (const livelihoods::ReadinessRow& row : results.readiness) {
        const bool may_reach =
            !row.score_hi || !results.readiness_model || *row.score_hi >= results.readiness_model->threshold;
        if (row.state == ReadinessState::ready) ++sure;
        if (row.state == ReadinessState::conditional) ++open;
        if (row.state == ReadinessState::insufficient_data && may_reach) ++open;
    }
    return {sure, sure + open};
}

std::string ranks_sentence(const AnswerContext& c) {
    const livelihoods::ReadinessUncertainty& sure = c.results.readiness_uncertainty;
    const auto first = std::ranges::find_if(c.results.readiness, [](const auto& row) { return row.rank == 1; });
    if (sure.regions.empty() || first == c.results.readiness.end()) return {};
    const auto drawn = std::ranges::find(sure.regions, first->region_id, &livelihoods::RegionUncertainty::region_id);
    if (drawn == sure.regions.end()) return {};
    return c.words.text("answer.readiness.ranks"_msg,
                        {{"draws", c.numbers.integer(sure.draws)},
                         {"shift", c.numbers.plain(sure.mean_rank_shift)},
                         {"region", region_name(c.results, first->region_id)},
                         {"regions", c.numbers.integer(static_cast<long>(sure.regions.size()))},
                         {"lo", c.numbers.integer(drawn->rank_p05)},
                         {"hi", c.numbers.integer(drawn->rank_p95)}});
}

/// The lower and the upper middle are one where their number is odd.
double middle_of(std::vector<double> values) {
    std::ranges::sort(values);
    return values[(values.size() - 1) / 2];
}

std::string months_sentence(const AnswerContext& c) {
    std::map<std::string_view, livelihoods::BridgeState> states;
    for (const livelihoods::IncomeBridgeRow& row : c.results.income_bridge)
        states.emplace(row.household_id, row.state);
    std::vector<double> least;
    std::vector<double> most;
    for (const livelihoods::SequenceRow& row : c.results.sequence_audit) {
        if (row.household_id.empty()) continue;
        const auto state = states.find(row.household_id);
        const bool over = state != states.end() && state->second == livelihoods::BridgeState::bridged;
        const auto months = row.months_without_income;
        least.push_back(months ? std::max(0, *months) : 0);
        most.push_back(months && over ? std::max(0, *months) : endless);
    }
    if (least.empty()) return {};
    const double lo = middle_of(least);
    const double hi = middle_of(most);
    if (hi == endless && lo == 0) return c.words.text("answer.order.months_unknown"_msg);
    if (hi == endless) return c.words.text("answer.order.months_at_least"_msg, {{"lo", c.numbers.plain(lo)}});
    return c.words.text("answer.order.months"_msg, {{"lo", c.numbers.plain(lo)}, {"hi", c.numbers.plain(hi)}});
}

}  // namespace

std::string reach_interval(const AnswerContext& c) {
    const Reach& any = c.figures.reach.front();
    const auto percent = [&](long part) {
        return c.numbers.percent(share(static_cast<double>(part), static_cast<double>(any.registered)));
    };
    return c.words.text("answer.reach.interval"_msg,
                        {{"confirmed_share", percent(any.confirmed)}, {"delivered_share", percent(any.delivered)}}) +
           " " + growers_sentence(c);
}

std::string readiness_interval(const AnswerContext& c) {
    const auto [sure, at_most] = ready_bounds(c.results);
    std::string text = c.words.text(at_most == sure ? "answer.readiness.certain"_msg : "answer.readiness.interval"_msg,
                                    {{"lo", c.numbers.integer(sure)}, {"hi", c.numbers.integer(at_most)}});
    const std::string ranks = ranks_sentence(c);
    return ranks.empty() ? text : text + " " + ranks;
}

std::string order_interval(const AnswerContext& c) {
    long early = 0;
    long open = 0;
    for (const livelihoods::SequenceRow& row : c.results.sequence_audit) {
        if (row.household_id.empty()) continue;
        if (row.violation == Violation::yes) ++early;
        if (row.violation == Violation::unknown) ++open;
    }
    std::string text = c.words.text(open == 0 ? "answer.order.certain"_msg : "answer.order.interval"_msg,
                                    {{"lo", c.numbers.integer(early)}, {"hi", c.numbers.integer(early + open)}});
    const std::string months = months_sentence(c);
    return months.empty() ? text : text + " " + months;
}

std::string small_plots_interval(const AnswerContext& c) {
    constexpr double alpha = 1 - livelihoods::exceeds_probability;
    long called = 0;
    long not_under = 0;
    std::vector<double> false_rates;
    for (const livelihoods::FamilyVerdict& family : c.results.small_plot_families) {
        if (!family.area.p_exceeds) continue;
        false_rates.push_back(alpha);
        if (family.area.verdict == livelihoods::SmallPlotVerdict::exceeds) ++called;
        if (*family.area.p_exceeds > alpha) ++not_under;
    }
    if (false_rates.empty()) return c.words.text("answer.small_plots.no_interval"_msg);
    const long by_error = livelihoods::count_interval(false_rates).hi;
    return c.words.text("answer.small_plots.interval"_msg,
                        {{"measured", c.numbers.integer(static_cast<long>(false_rates.size()))},
                         {"lo", c.numbers.integer(std::max(0L, called - by_error))},
                         {"hi", c.numbers.integer(not_under)},
                         {"by_error", c.numbers.integer(by_error)}});
}

}  // namespace vereda::report
