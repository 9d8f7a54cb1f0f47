#include "livelihoods/zone_quota.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace vereda::livelihoods {

namespace {

constexpr double normal_95 = 1.96;

struct Total {
    long plots = 0;
    double area = 0;
    double variance = 0;
    bool error_known = true;

    void add(const Total& other) {
        plots += other.plots;
        area += other.area;
        variance += other.variance;
        error_known = error_known && other.error_known;
    }
};

using Totals = std::map<std::optional<regions::ZoneKind>, Total>;

/// Where the study does not say where the pack is allowed, it is the first such kind of the pack.
std::optional<regions::ZoneKind> kind_elsewhere(const RulePack& pack, const ZonePosition& positions) {
    if (!positions.lacks_allowed(pack)) return std::nullopt;
    return std::ranges::find(pack.zones, std::optional(true), &ZoneRule::allowed)->kind;
}

Totals totals_of(std::span<const RegisteredPlot> plots, std::span<const std::size_t> latest, const RulePack& pack,
                 const ZonePosition& positions, geo::Date day) {
    const std::optional<regions::ZoneKind> elsewhere = kind_elsewhere(pack, positions);
    Totals totals;
    for (const std::size_t i : latest) {
        const MeasuredArea area = measured_area(plots[i], pack);
        const auto deciding = positions.deciding(plots[i], pack, day, area.sd);
        const double sd = area.sd ? area.sd->value() : 0;
        totals[deciding ? std::optional(deciding->rule->kind) : elsewhere].add(
            {1, area.area.value(), sd * sd, area.sd.has_value()});
    }
    return totals;
}

geo::Hectares hectares(double square_metres) {
    return geo::to_hectares(geo::SquareMetres(square_metres));
}

void hold_against_cap(const Total& counted, geo::Hectares cap, std::optional<geo::SquareMetres> limit,
                      ZoneQuota& quota) {
    quota.cap = cap;
    quota.counted = hectares(counted.area);
    quota.remaining = cap - quota.counted;
    if (limit && limit->value() > 0)
        quota.plots_left =
            std::max(0L, static_cast<long>(std::floor(geo::to_square_metres(*quota.remaining) / *limit + 1e-9)));
    if (!counted.error_known) return;
    const double sd = std::sqrt(counted.variance);
    quota.remaining_lo = *quota.remaining - hectares(normal_95 * sd);
    quota.remaining_hi = *quota.remaining + hectares(normal_95 * sd);
    const double over = counted.area - geo::to_square_metres(cap).value();
    quota.p_over = sd > 0 ? 0.5 * std::erfc(-over / (sd * std::numbers::sqrt2)) : (over > 0 ? 1.0 : 0.0);
}

ZoneQuota quota_of(const RulePack& pack, std::optional<regions::ZoneKind> kind, const Total& total) {
    ZoneQuota quota;
    quota.pack = pack.name;
    quota.version = pack.version;
    quota.kind = kind;
    quota.plots = total.plots;
    quota.area = hectares(total.area);
    quota.counted = quota.area;
    if (!total.error_known) return quota;
    const geo::Hectares half = hectares(normal_95 * std::sqrt(total.variance));
    quota.lo = std::max(geo::Hectares(0), quota.area - half);
    quota.hi = quota.area + half;
    return quota;
}

}  // namespace

std::vector<ZoneQuota> zone_quotas(std::span<const RegisteredPlot> plots, std::span<const std::size_t> latest,
                                   const RulePack& pack, const ZonePosition& positions, geo::Date day) {
    const Totals totals = totals_of(plots, latest, pack, positions, day);
    const auto total_of = [&](std::optional<regions::ZoneKind> kind) {
        const auto found = totals.find(kind);
        return found == totals.end() ? Total{} : found->second;
    };
    std::vector<ZoneQuota> quotas;
    for (const ZoneRule& rule : pack.zones) {
        ZoneQuota quota = quota_of(pack, rule.kind, total_of(rule.kind));
        quota.allowed = rule.allowed;
        if (rule.cap) {
            Total counted = total_of(rule.kind);
            for (const regions::ZoneKind other : rule.cap_with)
                counted.add(total_of(other));
            hold_against_cap(counted, *rule.cap, pack.max_area, quota);
        }
        quotas.push_back(std::move(quota));
    }
    if (totals.contains(std::nullopt)) quotas.push_back(quota_of(pack, std::nullopt, totals.at(std::nullopt)));
    return quotas;
}

}  // namespace vereda::livelihoods
