#include "livelihoods/plot_findings.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "geo/topology.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

std::vector<geo::Box> envelopes_of(std::span<const RegisteredPlot> plots) {
    std::vector<geo::Box> boxes;
    boxes.reserve(plots.size());
    for (const RegisteredPlot& plot : plots)
        boxes.push_back(geo::envelope(plot.outline));
    return boxes;
}

}  // namespace

PlotFindings::PlotFindings(std::span<const RegisteredPlot> plots, std::span<const Household> households,
                           const ZonePosition& positions)
    : plots_(plots),
      positions_(&positions),
      roll_(households),
      kinship_(households),
      boxes_(envelopes_of(plots)),
      index_(boxes_) {
    for (const Household& household : households) {
        by_id_.emplace(household.id, &household);
        if (!household.registration_id.empty()) ++households_by_registration_[household.registration_id];
    }
    for (const RegisteredPlot& plot : plots) {
        const auto found = by_id_.find(plot.household_id);
        household_.push_back(found == by_id_.end() ? nullptr : found->second);
    }
}

const Household* PlotFindings::household_of(std::size_t plot) const {
    return household_[plot];
}

std::string_view PlotFindings::unit_of(std::size_t plot, RuleUnit unit) const {
    if (unit == RuleUnit::family) return plots_[plot].household_id;
    const Household* household = household_of(plot);
    if (household == nullptr) return {};
    return unit == RuleUnit::union_ ? household->union_name : household->registration_id;
}

std::vector<std::size_t> PlotFindings::near(std::size_t plot, geo::Metres distance) const {
    geo::Box around = boxes_[plot];
    if (around.empty()) return {};
    around.add(geo::Point{around.min.x - distance.value(), around.min.y - distance.value()});
    around.add(geo::Point{around.max.x + distance.value(), around.max.y + distance.value()});
    std::vector<std::size_t> found = index_.query(around);
    std::erase(found, plot);
    return found;
}

void PlotFindings::add_register_findings(std::size_t plot, const FindingContext& context,
                                         std::vector<Finding>& findings) const {
    const RulePack& pack = context.pack;
    const Household* household = household_of(plot);
    if (household == nullptr || !roll_.holds(*household, context.day)) {
        findings.push_back({"register", "unregistered", {"small_plots.unregistered"_msg, {}}});
    } else {
        if (pack.register_cutoff && !household->registered_on) {
            findings.push_back(
                {"register", "registration_date_unknown", {"small_plots.registration_date_unknown"_msg, {}}});
        } else if (pack.register_cutoff && *household->registered_on > *pack.register_cutoff) {
            findings.push_back(
                {"register",
                 "after_cutoff",
                 {"small_plots.after_cutoff"_msg,
                  {{"date", geo::to_iso(*household->registered_on)}, {"cutoff", geo::to_iso(*pack.register_cutoff)}}}});
        }
        const bool title_asked = pack.require_title.value_or(false);
        if (title_asked && household->land_title == LandTitle::unknown) {
            findings.push_back({"title", "title_unknown", {"small_plots.title_unknown"_msg, {}}});
        } else if (title_asked && household->land_title != LandTitle::titled) {
            findings.push_back({"title", "title_missing", {"small_plots.title_missing"_msg, {}}});
        }
    }
    if (!pack.plots_per_unit || context.plots_of_unit <= *pack.plots_per_unit) return;
    findings.push_back(
        {"per_family",
         "more_than_per_family",
         {"small_plots.more_than_per_family"_msg,
          {{"count", std::to_string(context.plots_of_unit)}, {"allowed", std::to_string(*pack.plots_per_unit)}}}});
}

void PlotFindings::add_zone_finding(std::size_t plot, const FindingContext& context,
                                    std::vector<Finding>& findings) const {
    const auto deciding = positions_->deciding(plots_[plot], context.pack, context.day, context.sd);
    if (!deciding || *deciding->rule->allowed) return;
    const regions::Zone& zone = *deciding->share.zone;
    const double share = std::min(1.0, deciding->share.area / plots_[plot].area.value());
    findings.push_back({"zone",
                        "zone",
                        {"small_plots.zone"_msg,
                         {{"zone", zone.name},
                          {"kind", std::string(regions::name_of(zone.kind))},
                          {"share", fmt::format("{:.0f}", 100 * share)}}}});
}

bool PlotFindings::same_year(std::size_t a, std::size_t b) const {
    return plots_[a].year == plots_[b].year;
}

/// The same household, or two with one number in the register.
bool PlotFindings::one_family(std::size_t a, std::size_t b) const {
    if (!plots_[a].household_id.empty() && plots_[a].household_id == plots_[b].household_id) return true;
    const Household* one = household_of(a);
    const Household* other = household_of(b);
    return one != nullptr && other != nullptr && !one->registration_id.empty() &&
           one->registration_id == other->registration_id;
}

void PlotFindings::add_neighbour_findings(std::size_t plot, const FindingContext& context,
                                          std::vector<Finding>& findings) const {
    const RulePack& pack = context.pack;
    const Household* household = household_of(plot);
    if (pack.duplicates && household != nullptr && !household->registration_id.empty() &&
        households_by_registration_.at(household->registration_id) > 1) {
        findings.push_back({"duplicate", "duplicate_registration", {"small_plots.duplicate_registration"_msg, {}}});
    }
    const bool no_subdivision = pack.no_subdivision.value_or(false);
    if (!no_subdivision && !pack.duplicates) return;
    const RegisteredPlot& self = plots_[plot];
    for (const std::size_t other : near(plot, adjacent_within)) {
        const RegisteredPlot& neighbour = plots_[other];
        if (!same_year(plot, other)) continue;
        const geo::MessageArguments arguments{{"plot", neighbour.id}};
        const bool same_household = !self.household_id.empty() && self.household_id == neighbour.household_id;
        if (same_ground(self, neighbour)) {
            // Of one household, the ground was measured twice.
            if (pack.duplicates && !same_household)
                findings.push_back({"duplicate", "duplicate_plot", {"small_plots.duplicate_plot"_msg, arguments}});
            continue;
        }
        if (geo::distance(self.outline, neighbour.outline) > adjacent_within.value()) continue;
        const bool replaced = self.replaces == neighbour.id || neighbour.replaces == self.id;
        const bool one_parcel = !self.parcel_id.empty() && self.parcel_id == neighbour.parcel_id;
        if (no_subdivision && !replaced && (one_family(plot, other) || one_parcel)) {
            findings.push_back(
                {"subdivision", "possible_subdivision", {"small_plots.possible_subdivision"_msg, arguments}});
        }
        if (pack.duplicates && !same_household) add_kin_findings(plot, other, findings);
    }
}

void PlotFindings::add_kin_findings(std::size_t plot, std::size_t other, std::vector<Finding>& findings) const {
    const Household* household = household_of(plot);
    const Household* next = household_of(other);
    if (household == nullptr || next == nullptr) return;
    const geo::MessageArguments arguments{{"plot", plots_[other].id}};
    const bool one_home =
        household->home && next->home &&
        std::hypot(household->home->x - next->home->x, household->home->y - next->home->y) <= one_home_within.value();
    if (one_home) findings.push_back({"kin", "one_home", {"small_plots.one_home"_msg, arguments}});
    const auto sign = kinship_.between(*household, *next);
    if (sign && sign->declared) {
        findings.push_back({"kin", "declared_kin", {"small_plots.declared_kin"_msg, arguments}});
    } else if (sign) {
        findings.push_back({"kin",
                            "shared_surnames",
                            {"small_plots.shared_surnames"_msg,
                             {{"plot", plots_[other].id}, {"score", fmt::format("{:.2f}", sign->score)}}}});
    }
}

void PlotFindings::add_calendar_finding(std::size_t plot, const FindingContext& context,
                                        std::vector<Finding>& findings) const {
    const std::vector<int>& months = context.pack.calendar_months;
    if (months.empty() || !plots_[plot].image_date) return;
    const std::chrono::year_month_day seen(*plots_[plot].image_date);
    const int month = static_cast<int>(static_cast<unsigned>(seen.month()));
    if (std::ranges::find(months, month) != months.end()) return;
    findings.push_back({"calendar",
                        "out_of_season",
                        {"small_plots.out_of_season"_msg, {{"date", geo::to_iso(*plots_[plot].image_date)}}}});
}

std::vector<Finding> PlotFindings::of(std::size_t plot, const FindingContext& context) const {
    std::vector<Finding> findings;
    add_register_findings(plot, context, findings);
    add_zone_finding(plot, context, findings);
    add_neighbour_findings(plot, context, findings);
    add_calendar_finding(plot, context, findings);
    return findings;
}

}  // namespace vereda::livelihoods
