#include "regions/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/shared_area.hpp"
#include "geo/spatial_index.hpp"
#include "geo/topology.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

/// Plots that share less than this part of the smaller one only touch: outlines drawn to each other's edge.
constexpr double kOverlapShare = 1e-6;

geo::Locus at(geo::Locus source, const std::string& id) {
    source.feature = id;
    return source;
}

void refuse_unusable_ids(const Survey& survey, const geo::Locus& source) {
    if (!survey.plots.empty() && survey.plots.front().id.empty())
        throw geo::Error(geo::ErrorKind::input, {"plots.id_missing"_msg, {}}, source);
    const auto twin = std::adjacent_find(survey.plots.begin(), survey.plots.end(),
                                         [](const Plot& a, const Plot& b) { return a.id == b.id; });
    if (twin != survey.plots.end())
        throw geo::Error(geo::ErrorKind::input,
                         {"plots.id_duplicate"_msg, {{"id", twin->id}, {"year", std::to_string(survey.year)}}},
                         at(source, twin->id));
}

/// Each plot is moved once: an outline's plot is large.
void sort_by_id(std::vector<Plot>& plots) {
    std::vector<std::uint32_t> order(plots.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t i) -> const std::string& { return plots[i].id; });
    std::vector<Plot> sorted;
    sorted.reserve(plots.size());
    for (const std::uint32_t i : order)
        sorted.push_back(std::move(plots[i]));
    plots = std::move(sorted);
}

geo::Repair repaired(const geo::MultiPolygon& polygons, const geo::Locus& place) {
    try {
        return geo::repair(polygons);
    } catch (geo::Error& error) {
        error.at_feature(place.feature).in_layer(place.layer).in_file(place.file);
        throw;
    }
}

void repair_and_measure(Plot& plot, const geo::Crs& crs, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    geo::Repair repair = repaired(plot.outline, at(source, plot.id));
    plot.outline = std::move(repair.polygons);
    plot.area = plot.outline.empty() ? geo::SquareMetres(0) : geo::ellipsoidal_area(plot.outline, crs);
    if (repair.problem)
        diagnostics.add({geo::Severity::warning,
                         {"plots.repaired"_msg, {{"id", plot.id}, {"reason", repair.problem->reason}}},
                         at(source, plot.id),
                         geo::SquareMetres(repair.area_changed)});
}

void drop_plots_without_area(Survey& survey, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    const auto has_no_area = [](const Plot& plot) { return !(plot.area.value() > 0); };
    for (const Plot& plot : survey.plots)
        if (has_no_area(plot))
            diagnostics.add({geo::Severity::warning, {"plots.no_area"_msg, {{"id", plot.id}}}, at(source, plot.id)});
    std::erase_if(survey.plots, has_no_area);
}

/// By a thousandth, so that an area that was rounded when it was written does not fall below the unit.
constexpr double kUnitTolerance = 0.999;

void drop_plots_below_the_unit(Survey& survey, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    const double least = kUnitTolerance * geo::to_square_metres(survey.min_area).value();
    const auto dropped = std::erase_if(survey.plots, [&](const Plot& plot) { return plot.area.value() < least; });
    if (dropped > 0)
        diagnostics.add({geo::Severity::note,
                         {"plots.below_unit"_msg,
                          {{"count", std::to_string(dropped)},
                           {"year", std::to_string(survey.year)},
                           {"min_area_ha", fmt::format("{}", survey.min_area.value())}}},
                         source});
}

void date_plots(Survey& survey) {
    std::vector<geo::Box> boxes;
    std::vector<geo::PreparedPolygons> lands;
    for (const Scene& scene : survey.scenes) {
        boxes.push_back(geo::envelope(scene.land));
        lands.emplace_back(scene.land);
    }
    const geo::SpatialIndex index(boxes);
    for (Plot& plot : survey.plots) {
        if (plot.image_date) continue;
        const geo::Point inside = geo::interior_point(plot.outline);
        for (const std::size_t i : index.query(geo::Box{inside, inside})) {
            if (lands[i].covers(inside) && (!plot.image_date || *plot.image_date < survey.scenes[i].image_date))
                plot.image_date = survey.scenes[i].image_date;
        }
        if (!plot.image_date) plot.image_date = survey.image_date;
    }
}

void warn_of_overlaps(const Survey& survey, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    std::vector<geo::Box> boxes;
    boxes.reserve(survey.plots.size());
    for (const Plot& plot : survey.plots)
        boxes.push_back(geo::envelope(plot.outline));
    const geo::SpatialIndex index(boxes);
    for (std::size_t i = 0; i < survey.plots.size(); ++i) {
        for (const std::size_t j : index.query(boxes[i])) {
            if (j <= i) continue;
            const Plot& a = survey.plots[i];
            const Plot& b = survey.plots[j];
            const double shared = geo::shared_area(a.outline, b.outline);
            if (shared > kOverlapShare * std::min(geo::planar_area(a.outline), geo::planar_area(b.outline)))
                diagnostics.add(
                    {geo::Severity::warning,
                     {"plots.overlap"_msg, {{"id", a.id}, {"other", b.id}, {"area_m2", fmt::format("{:.1f}", shared)}}},
                     at(source, a.id)});
        }
    }
}

}  // namespace

Survey validated(Survey survey, const geo::Crs& crs, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    sort_by_id(survey.plots);
    refuse_unusable_ids(survey, source);
    for (Plot& plot : survey.plots)
        repair_and_measure(plot, crs, source, diagnostics);
    drop_plots_without_area(survey, source, diagnostics);
    drop_plots_below_the_unit(survey, source, diagnostics);
    if (!survey.scenes.empty() || survey.image_date) date_plots(survey);
    warn_of_overlaps(survey, source, diagnostics);
    if (survey.observed) {
        geo::Repair repair = repaired(*survey.observed, source);
        if (repair.problem)
            diagnostics.add({geo::Severity::warning,
                             {"surveys.observed_repaired"_msg,
                              {{"year", std::to_string(survey.year)}, {"reason", repair.problem->reason}}},
                             source,
                             geo::SquareMetres(repair.area_changed)});
        survey.observed = std::move(repair.polygons);
    }
    return survey;
}

}  // namespace vereda::regions
