#include "livelihoods/plot_succession.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

/// P(a is truly larger than b).
double surely_larger(const MeasuredArea& a, const MeasuredArea& b) {
    if (!a.sd || !b.sd) return 0;
    const double sd = std::hypot(a.sd->value(), b.sd->value());
    return 0.5 * std::erfc(-(a.area - b.area).value() / (sd * std::numbers::sqrt2));
}

}  // namespace

PlotSuccession::PlotSuccession(std::span<const RegisteredPlot> plots, const PlotFindings& findings)
    : plots_(plots), findings_(&findings) {
    for (std::size_t i = 0; i < plots.size(); ++i) {
        by_id_[plots[i].id].push_back(i);
        years_differ_ = years_differ_ || plots[i].year != plots[0].year;
    }
    for (auto& [id, positions] : by_id_)
        std::ranges::stable_sort(positions, {}, [&](std::size_t i) { return plots[i].year; });
}

std::string_view PlotSuccession::union_of(std::size_t plot) const {
    return findings_->unit_of(plot, RuleUnit::union_);
}

void PlotSuccession::add_transfer(std::size_t plot, const RulePack& pack, std::vector<Finding>& findings) const {
    const RegisteredPlot& self = plots_[plot];
    if (!years_differ_ || !pack.transfer || *pack.transfer == TransferRule::allowed || self.household_id.empty())
        return;
    std::optional<std::size_t> before;
    for (const std::size_t other : findings_->near(plot, geo::Metres(0))) {
        const bool earlier = plots_[other].year && self.year && *plots_[other].year < *self.year;
        if (!earlier || plots_[other].household_id.empty()) continue;
        if (before && plots_[*before].year > plots_[other].year) continue;
        if (same_ground(self, plots_[other])) before = other;
    }
    if (!before || plots_[*before].household_id == self.household_id) return;
    if (*pack.transfer == TransferRule::within_union && !union_of(plot).empty() && union_of(plot) == union_of(*before))
        return;
    findings.push_back({"transfer",
                        "transferred",
                        {"small_plots.transferred"_msg,
                         {{"year", std::to_string(*plots_[*before].year)}, {"plot", plots_[*before].id}}}});
}

void PlotSuccession::add_relocation(std::size_t plot, const RulePack& pack, std::vector<Finding>& findings) const {
    const RegisteredPlot& self = plots_[plot];
    if (!pack.relocation || self.replaces.empty()) return;
    const geo::MessageArguments arguments{{"plot", self.replaces}};
    const auto lost = by_id_.find(self.replaces);
    if (lost == by_id_.end()) {
        findings.push_back({"relocation", "replaced_unknown", {"small_plots.replaced_unknown"_msg, arguments}});
        return;
    }
    const auto later = [&](std::size_t i) {
        const RegisteredPlot& other = plots_[i];
        return other.year > self.year ||
               (other.year == self.year && other.image_date && self.image_date && *other.image_date > *self.image_date);
    };
    if (std::ranges::any_of(lost->second, later)) {
        findings.push_back({"relocation", "replaced_still_there", {"small_plots.replaced_still_there"_msg, arguments}});
    }
    std::size_t before = lost->second.front();
    for (const std::size_t i : lost->second)
        if (!later(i)) before = i;
    const MeasuredArea larger = measured_area(self, pack);
    const MeasuredArea smaller = measured_area(plots_[before], pack);
    if (surely_larger(larger, smaller) >= exceeds_probability) {
        findings.push_back({"relocation",
                            "relocated_larger",
                            {"small_plots.relocated_larger"_msg,
                             {{"plot", self.replaces},
                              {"area", fmt::format("{:.0f}", larger.area.value())},
                              {"before", fmt::format("{:.0f}", smaller.area.value())}}}});
    }
    if (union_of(plot) != union_of(before) && !union_of(plot).empty() && !union_of(before).empty())
        findings.push_back({"relocation", "relocated_elsewhere", {"small_plots.relocated_elsewhere"_msg, arguments}});
}

std::vector<Finding> PlotSuccession::of(std::size_t plot, const RulePack& pack) const {
    std::vector<Finding> findings;
    add_transfer(plot, pack, findings);
    add_relocation(plot, pack, findings);
    return findings;
}

}  // namespace vereda::livelihoods
