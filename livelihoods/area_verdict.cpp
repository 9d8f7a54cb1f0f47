#include "livelihoods/area_verdict.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "regions/outline_error.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

constexpr double declared_agreement = 0.005;

/// Calls corner(before, at, after) for each vertex of the ring.
template <class Corner>
void for_each_corner(const geo::Ring& ring, Corner corner) {
    if (ring.size() < 4) return;
    const std::size_t n = ring.size() - 1;  // the last point repeats the first
    for (std::size_t i = 0; i < n; ++i)
        corner(ring[(i + n - 1) % n], ring[i], ring[i + 1]);
}

/// Change of direction at `at`, in (−π, π].
double turn(geo::Point before, geo::Point at, geo::Point after) {
    const double ax = at.x - before.x, ay = at.y - before.y, bx = after.x - at.x, by = after.y - at.y;
    return std::atan2(ax * by - ay * bx, ax * bx + ay * by);
}

double normal_above_zero(double mean, double sd) {
    if (!(sd > 0)) return mean > 0 ? 1 : 0;
    return 0.5 * std::erfc(-mean / (sd * std::numbers::sqrt2));
}

regions::MeasuredBy method_of(const regions::Plot& plot, const RulePack& pack) {
    if (plot.measured_by != regions::MeasuredBy::unknown) return plot.measured_by;
    return pack.measured_by.value_or(regions::MeasuredBy::unknown);
}

bool area_is_as_declared(const regions::Plot& plot) {
    return plot.area_declared && std::abs(plot.area.value() - plot.area_declared->value()) <=
                                     declared_agreement * plot.area_declared->value();
}

/// SD of the area of a square with four independent corners: √2·σ·L, and the second-order term 2σ⁴.
geo::SquareMetres square_sd(geo::SquareMetres area, geo::Metres position_error) {
    const double variance = position_error.value() * position_error.value();
    return geo::SquareMetres(std::sqrt(2 * variance * area.value() + 2 * variance * variance));
}

geo::SquareMetres sd_of(const RegisteredPlot& plot, const RulePack& pack) {
    const auto sd = [&](geo::Metres correlation) {
        return regions::area_sd(plot.outline, {*plot.position_error, correlation, geo::Metres(0)});
    };
    if (regions::measured_apart(method_of(plot, pack))) {
        const geo::SquareMetres of_outline = sd(geo::Metres(0));
        if (!area_is_as_declared(plot)) return of_outline;
        return std::max(of_outline, square_sd(plot.area, *plot.position_error));
    }
    const geo::Metres declared = plot.correlation_length ? *plot.correlation_length
                                                         : pack.correlation_length.value_or(default_correlation_length);
    return std::max(sd(geo::Metres(0)), sd(declared));
}

/// Why the plot cannot be tested at all; nullopt: it can.
std::optional<geo::Message> untestable(const regions::Plot& plot, const RulePack& pack) {
    if (method_of(plot, pack) == regions::MeasuredBy::medium_resolution)
        return geo::Message{"small_plots.coarse_imagery"_msg, {}};
    if (plot.measured_by == regions::MeasuredBy::unknown && area_is_as_declared(plot))
        return geo::Message{"small_plots.only_declared"_msg, {}};
    if (!plot.position_error || !(plot.position_error->value() > 0))
        return geo::Message{"small_plots.error_unknown"_msg, {}};
    return std::nullopt;
}

std::string square_metres(double area) {
    return fmt::format("{:.0f}", area);
}

}  // namespace

geo::SquareMetres offset_area(const geo::MultiPolygon& outline, geo::Metres offset) {
    const double o = offset.value();
    double strip = 0;
    for (const geo::Polygon& polygon : outline) {
        double perimeter = 0;
        double corners = 0;
        for_each_corner(polygon.outer, [&](geo::Point before, geo::Point at, geo::Point after) {
            perimeter += std::hypot(after.x - at.x, after.y - at.y);
            // Outer rings run clockwise: a right turn is a convex corner. Spikes are no corners.
            const double convex = -turn(before, at, after);
            if (std::abs(convex) < 0.9 * std::numbers::pi) corners += std::tan(convex / 2);
        });
        strip += perimeter * o - o * o * corners;
    }
    return geo::SquareMetres(strip);
}

geo::SquareMetres surface_area(geo::SquareMetres map_area, double slope_degrees) {
    return map_area / std::cos(slope_degrees * std::numbers::pi / 180);
}

geo::SquareMetres map_area(geo::SquareMetres ground_area, double slope_degrees) {
    return ground_area * std::cos(slope_degrees * std::numbers::pi / 180);
}

std::string_view name_of(SmallPlotVerdict verdict) {
    switch (verdict) {
        case SmallPlotVerdict::compliant:
            return "compliant";
        case SmallPlotVerdict::within_error:
            return "within_error";
        case SmallPlotVerdict::exceeds:
            return "exceeds";
        case SmallPlotVerdict::no_rule:
            return "no_rule";
        case SmallPlotVerdict::not_testable:
            break;
    }
    return "not_testable";
}

MeasuredArea measured_area(const RegisteredPlot& plot, const RulePack& pack) {
    MeasuredArea result;
    const bool taped = method_of(plot, pack) == regions::MeasuredBy::tape;
    if (pack.offset && !taped) result.offset_correction = offset_area(plot.outline, *pack.offset);
    result.area = plot.area - result.offset_correction;
    result.not_testable = untestable(plot, pack);
    if (!result.not_testable) result.sd = sd_of(plot, pack);
    const bool of_the_ground = pack.legal_area == LegalArea::surface;
    if (!pack.legal_area || of_the_ground == taped) return result;
    if (!plot.slope_degrees) {
        result.bound = taped ? AreaBound::upper : AreaBound::lower;
        return result;
    }
    const auto carry = taped ? map_area : surface_area;
    result.area = carry(result.area, *plot.slope_degrees);
    if (result.sd) result.sd = carry(*result.sd, *plot.slope_degrees);
    return result;
}

AreaVerdict area_verdict(std::span<const MeasuredArea> areas, const RulePack& pack, geo::SquareMetres limit) {
    AreaVerdict result;
    const geo::Message* not_testable = nullptr;
    bool may_be_more = false;
    bool may_be_less = false;
    double variance = 0;
    double tested = 0;
    for (const MeasuredArea& part : areas) {
        result.area = result.area + part.area;
        result.offset_correction = result.offset_correction + part.offset_correction;
        may_be_more = may_be_more || part.bound == AreaBound::lower;
        may_be_less = may_be_less || part.bound == AreaBound::upper;
        if (part.not_testable && not_testable == nullptr) not_testable = &*part.not_testable;
        if (part.not_testable) continue;
        tested += part.area.value();
        variance += part.sd->value() * part.sd->value();
    }
    if (!(variance > 0)) {
        if (not_testable != nullptr) result.reason = *not_testable;
        return result;
    }
    const double sd = std::sqrt(variance);
    const double p = normal_above_zero(tested - limit.value() * (1 + pack.tolerance_share.value_or(0)), sd);
    const bool too_coarse = sd > testable_sd_share * limit.value();
    if (not_testable != nullptr && (too_coarse || p < exceeds_probability)) {
        result.reason = *not_testable;
        return result;
    }
    result.sd = geo::SquareMetres(sd);
    result.p_exceeds = p;
    const geo::MessageArguments arguments{{"area", square_metres(tested)},
                                          {"sd", square_metres(sd)},
                                          {"limit", square_metres(limit.value())},
                                          {"probability", fmt::format("{:.0f}", std::min(99.0, std::floor(100 * p)))}};
    if (too_coarse) {
        result.reason = {"small_plots.error_too_large"_msg, arguments};
    } else if (p >= exceeds_probability && !may_be_less) {
        result.verdict = SmallPlotVerdict::exceeds;
        result.reason = {"small_plots.exceeds"_msg, arguments};
    } else if (may_be_more || (may_be_less && p >= exceeds_probability)) {
        // A slope only adds to the map area and only takes from the taped one: what exceeds on the map exceeds on the
        // ground, what does not by tape does not on the map; the rest needs the slope.
        result.reason = {may_be_more ? "small_plots.surface_unknown"_msg : "small_plots.horizontal_unknown"_msg,
                         arguments};
    } else if (tested <= limit.value() && p <= 1 - exceeds_probability) {
        result.verdict = SmallPlotVerdict::compliant;
        result.reason = {"small_plots.compliant"_msg, arguments};
    } else {
        result.verdict = SmallPlotVerdict::within_error;
        result.reason = {"small_plots.within_error"_msg, arguments};
    }
    return result;
}

AreaVerdict area_verdict(const RegisteredPlot& plot, const RulePack& pack, geo::SquareMetres limit) {
    const MeasuredArea area = measured_area(plot, pack);
    return area_verdict({&area, 1}, pack, limit);
}

}  // namespace vereda::livelihoods
