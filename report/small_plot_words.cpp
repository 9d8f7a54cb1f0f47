#include "report/small_plot_words.hpp"

#include <algorithm>
#include <cmath>

#include "report/number_format.hpp"
#include "report/reasons.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using livelihoods::FamilyVerdict;
using livelihoods::SmallPlotVerdict;

/// Rounded down, so that nothing is ever said to be 100 % sure.
std::string sure_percent(double probability, const NumberFormat& numbers) {
    return numbers.number(std::min(99.0, std::floor(100 * probability)), 0);
}

geo::MessageId what_follows(const FamilyVerdict& family) {
    switch (family.area.verdict) {
        case SmallPlotVerdict::compliant:
            return "explained.compliant"_msg;
        case SmallPlotVerdict::within_error:
            return "explained.within_error"_msg;
        case SmallPlotVerdict::exceeds:
            return family.ladder.confirmed ? "explained.exceeds_confirmed"_msg : "explained.exceeds"_msg;
        case SmallPlotVerdict::no_rule:
            return "explained.no_rule"_msg;
        case SmallPlotVerdict::not_testable:
            break;
    }
    return "explained.not_testable"_msg;
}

/// "3.1" of 0.031 of a hundred families, "5" of 0.05.
std::string in_hundred(double share, const NumberFormat& numbers) {
    const double families = 100 * share;
    const bool whole = std::abs(families - std::round(families)) < 0.05 && families >= 0.5;
    return numbers.number(families, whole ? 0 : share < 0.01 ? 2 : 1);
}

}  // namespace

std::string ladder_text(const livelihoods::LadderState& ladder, const Catalogue& words) {
    if (ladder.step) {
        return words.text("ladder.step"_msg, {{"offences", std::to_string(ladder.in_look_back)},
                                              {"offence", ladder.step->offence},
                                              {"measure", ladder.step->measure}});
    }
    if (ladder.look_back_unset && ladder.offences.size() > 1) return words.text("ladder.look_back_unset"_msg);
    if (ladder.excess_since && ladder.correct_until) {
        return words.text("ladder.window"_msg, {{"date", long_date(*ladder.correct_until, words)}});
    }
    if (ladder.excess_since) {
        return words.text("ladder.one_measurement"_msg, {{"date", long_date(*ladder.excess_since, words)}});
    }
    return {};
}

std::vector<std::string> explained(const FamilyVerdict& family, const Catalogue& words) {
    const NumberFormat numbers(words.language());
    std::vector<std::string> sentences;
    const auto say = [&](std::string sentence) {
        if (!sentence.empty()) sentences.push_back(std::move(sentence));
    };
    const geo::MessageArguments counted{{"plots", std::to_string(family.plots)},
                                        {"area", numbers.number(family.area.area.value(), 0)},
                                        {"date", long_date(family.day, words)}};
    say(words.text(family.plots == 1 ? "explained.measured_one"_msg : "explained.measured_many"_msg, counted));
    if (family.area.sd && family.limit) {
        const double half = 1.96 * family.area.sd->value();
        say(words.text("explained.error"_msg,
                       {{"lo", numbers.number(std::max(0.0, family.area.area.value() - half), 0)},
                        {"hi", numbers.number(family.area.area.value() + half, 0)},
                        {"limit", numbers.number(family.limit->value(), 0)}}));
    } else {
        say(words.text("explained.why"_msg, {{"reason", words.text(with_long_dates(family.area.reason, words))}}));
    }
    say(words.text(what_follows(family), {{"percent", sure_percent(family.area.p_exceeds.value_or(0), numbers)}}));
    say(ladder_text(family.ladder, words));
    if (family.ladder.recorded > 0)
        say(words.text("ladder.recorded"_msg, {{"count", std::to_string(family.ladder.recorded)}}));
    if (family.ladder.not_confirmed > 0)
        say(words.text("ladder.not_confirmed"_msg, {{"count", std::to_string(family.ladder.not_confirmed)}}));
    for (const auto& finding : family.findings)
        say(words.text("explained.question"_msg, {{"finding", words.text(with_long_dates(finding.reason, words))}}));
    if (family.limit && family.false_accusation.measurements > 0) {
        const bool one = family.false_accusation.measurements == 1;
        say(words.text(one ? "explained.false_rate_one"_msg : "explained.false_rate"_msg,
                       {{"measurements", std::to_string(family.false_accusation.measurements)},
                        {"once", in_hundred(family.false_accusation.once, numbers)},
                        {"confirmed", in_hundred(family.false_accusation.confirmed, numbers)}}));
    }
    if (family.next_inspection) {
        say(words.text(family.inspection_overdue ? "explained.inspection_overdue"_msg : "explained.next_inspection"_msg,
                       {{"date", long_date(*family.next_inspection, words)}}));
    }
    return sentences;
}

}  // namespace vereda::report
