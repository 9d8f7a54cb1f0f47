#include "regions/plot_area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "geo/topology.hpp"
#include "regions/outline_error.hpp"
#include "regions/plot_ground.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr double kNormal95 = 1.959963984540054;  ///< two-sided 95 % point of the standard normal distribution
constexpr geo::Metres kWalkCorrelation{60};      ///< methods §11
/// A smaller part of a plot across a border or beyond the observed land is rounding, not a part.
constexpr double kRoundingShare = 1e-9;
constexpr double kReportedShare = 1e-6;

/// What one patch of ground adds to one region.
struct Part {
    std::size_t region = 0;
    long plots = 0;
    double area_m2 = 0;
    double unseen_m2 = 0;    ///< of it, outside the land the survey says was observed
    double variance_m4 = 0;  ///< of area_m2
    bool error_known = true;
};

struct PatchParts {
    std::vector<Part> parts;  ///< ascending by region
    double outside_m2 = 0;    ///< in no region
    double unseen_m2 = 0;
};

/// The land a survey observed, cut into its polygons so that a region looks only at those near it.
class ObservedLand {
  public:
    explicit ObservedLand(const geo::MultiPolygon& land) {
        std::vector<geo::Box> boxes;
        for (const geo::Polygon& polygon : land) {
            pieces_.push_back({polygon});
            prepared_.emplace_back(pieces_.back());
            boxes.push_back(geo::envelope(polygon));
        }
        index_ = geo::SpatialIndex(boxes);
    }
    /// Planar area of the part of `polygons` that was observed, at most `whole`, their own area.
    [[nodiscard]] double seen(const geo::MultiPolygon& polygons, double whole) const {
        double sum = 0;
        for (const std::size_t i : index_.query(geo::envelope(polygons))) {
            if (prepared_[i].covers(polygons)) return whole;
            if (prepared_[i].intersects(polygons)) sum += geo::planar_area(geo::intersection(polygons, pieces_[i]));
        }
        return std::min(sum, whole);
    }

  private:
    std::vector<geo::MultiPolygon> pieces_;
    std::vector<geo::PreparedPolygons> prepared_;
    geo::SpatialIndex index_{std::span<const geo::Box>{}};
};

struct SurveyWork {
    const Survey* survey = nullptr;
    std::optional<ObservedLand> observed;
    std::vector<GroundPatch> patches;
    std::vector<std::optional<double>> plot_sd;  ///< m², per plot
};

std::optional<double> outline_sd(const Plot& plot, const Survey& survey) {
    const std::optional<geo::Metres> position = plot.position_error ? plot.position_error : survey.position_error;
    if (!position) return std::nullopt;
    const geo::Metres correlation = plot.measured_by == MeasuredBy::corners ? geo::Metres(0) : kWalkCorrelation;
    return area_sd(plot.outline, {*position, correlation}).value();
}

SurveyWork prepared(const Survey& survey, geo::Parallelism parallelism) {
    SurveyWork work;
    work.survey = &survey;
    if (survey.observed) work.observed.emplace(*survey.observed);
    work.patches = plot_ground(survey, parallelism);
    work.plot_sd.resize(survey.plots.size());
    geo::parallel_for(survey.plots.size(), parallelism,
                      [&](std::size_t i) { work.plot_sd[i] = outline_sd(survey.plots[i], survey); });
    return work;
}

/// Adds to `part` the plots of the patch that reach into the region, with their share of their SD.
void add_plots(Part& part, const SurveyWork& work, const GroundPatch& patch, const RegionSet& regions, double share) {
    const geo::MultiPolygon& region = regions.regions()[part.region].geometry;
    for (const std::size_t i : patch.plots) {
        const Plot& plot = work.survey->plots[i];
        double plot_share = share;
        if (patch.plots.size() > 1)
            plot_share =
                regions.covers(part.region, plot.outline)
                    ? 1
                    : geo::planar_area(geo::intersection(plot.outline, region)) / geo::planar_area(plot.outline);
        if (plot_share <= kRoundingShare) continue;
        ++part.plots;
        if (const std::optional<double>& sd = work.plot_sd[i])
            part.variance_m4 += plot_share * *sd * plot_share * *sd;
        else
            part.error_known = false;
    }
}

PatchParts split(const SurveyWork& work, const GroundPatch& patch, const RegionSet& regions) {
    PatchParts result;
    const double scale = patch.planar_area > 0 ? patch.area.value() / patch.planar_area : 0;
    const auto unseen = [&](const geo::MultiPolygon& ground, double planar) {
        return work.observed ? (planar - work.observed->seen(ground, planar)) * scale : 0.0;
    };
    geo::MultiPolygon rest = patch.geometry;
    for (const std::size_t r : regions.near(geo::envelope(patch.geometry))) {
        const bool whole = regions.covers(r, patch.geometry);
        const geo::MultiPolygon inside =
            whole ? patch.geometry : geo::intersection(patch.geometry, regions.regions()[r].geometry);
        const double planar = whole ? patch.planar_area : geo::planar_area(inside);
        if (!(planar > 0)) continue;
        Part part;
        part.region = r;
        part.area_m2 = planar * scale;
        part.unseen_m2 = unseen(inside, planar);
        add_plots(part, work, patch, regions, planar / patch.planar_area);
        result.parts.push_back(part);
        rest = whole ? geo::MultiPolygon{} : geo::difference(rest, regions.regions()[r].geometry);
    }
    result.outside_m2 = geo::planar_area(rest) * scale;
    result.unseen_m2 = unseen(patch.geometry, patch.planar_area);
    return result;
}

void report_strays(const Survey& survey, double outside_m2, double unseen_m2, double total_m2,
                   geo::Diagnostics& diagnostics) {
    const auto arguments = [&](double area_m2) {
        return geo::MessageArguments{{"crop", std::string(name_of(survey.crop))},
                                     {"year", std::to_string(survey.year)},
                                     {"area_ha", fmt::format("{:.4f}", area_m2 / 10'000.0)}};
    };
    if (outside_m2 > kReportedShare * total_m2)
        diagnostics.add({geo::Severity::warning, {"plots.outside_regions"_msg, arguments(outside_m2)}, {}});
    if (unseen_m2 > kReportedShare * total_m2)
        diagnostics.add({geo::Severity::warning, {"plots.outside_observed"_msg, arguments(unseen_m2)}, {}});
}

/// Parts of all patches of a survey, summed by region in patch order.
std::vector<Part> parts_by_region(const SurveyWork& work, const RegionSet& regions, geo::Parallelism parallelism,
                                  geo::Diagnostics& diagnostics, geo::Progress* progress) {
    std::vector<Part> sums(regions.regions().size());
    double outside_m2 = 0;
    double unseen_m2 = 0;
    double total_m2 = 0;
    geo::parallel_ordered<PatchParts>(
        work.patches.size(), parallelism, [&](std::size_t p) { return split(work, work.patches[p], regions); },
        [&](std::size_t p, PatchParts&& patch) {
            for (const Part& part : patch.parts) {
                Part& sum = sums[part.region];
                sum.plots += part.plots;
                sum.area_m2 += part.area_m2;
                sum.unseen_m2 += part.unseen_m2;
                sum.variance_m4 += part.variance_m4;
                sum.error_known = sum.error_known && part.error_known;
            }
            outside_m2 += patch.outside_m2;
            unseen_m2 += patch.unseen_m2;
            total_m2 += work.patches[p].area.value();
        });
    if (progress != nullptr) progress->check();
    report_strays(*work.survey, outside_m2, unseen_m2, total_m2, diagnostics);
    return sums;
}

double observed_share(const Region& region, const SurveyWork& work, const Part& part) {
    const double planar = geo::planar_area(region.geometry);
    if (!(planar > 0)) return 0;
    if (!work.observed) return 1;
    const double seen = work.observed->seen(region.geometry, planar) / planar;
    const double share = seen + part.unseen_m2 / geo::to_square_metres(region.area).value();
    if (share < kRoundingShare) return 0;
    return share > 1 - kRoundingShare ? 1 : share;
}

PlotAreaRow row_of(const Region& region, const SurveyWork& work, const Part& part) {
    PlotAreaRow row;
    row.region_id = region.id;
    row.region_name = region.name;
    row.year = work.survey->year;
    row.crop = work.survey->crop;
    row.observed_assumed = !work.observed;
    row.observed_share = observed_share(region, work, part);
    if (row.observed_share <= 0) return row;
    const double half_width = kNormal95 * std::sqrt(part.variance_m4);
    row.plots = part.plots;
    row.area = geo::to_hectares(geo::SquareMetres(part.area_m2));
    if (part.error_known) {
        row.area_lo = geo::to_hectares(geo::SquareMetres(std::max(0.0, part.area_m2 - half_width)));
        row.area_hi = geo::to_hectares(geo::SquareMetres(part.area_m2 + half_width));
    }
    return row;
}

/// Raises the upper bounds of one region's rows of one crop by what the unobserved land may hold.
void add_unobserved(std::span<PlotAreaRow> rows, geo::Hectares region_area) {
    double densest = 0;
    for (const PlotAreaRow& row : rows)
        if (row.area) densest = std::max(densest, *row.area / (row.observed_share * region_area));
    densest = std::min(densest, 1.0);
    for (PlotAreaRow& row : rows)
        if (row.area_hi) *row.area_hi += densest * (1 - row.observed_share) * region_area;
}

}  // namespace

std::vector<PlotAreaRow> plot_area(const RegionSet& regions, std::span<const Survey> surveys,
                                   geo::Parallelism parallelism, geo::Diagnostics& diagnostics,
                                   geo::Progress* progress) {
    const std::size_t count = regions.regions().size();
    if (progress != nullptr)
        progress->start_stage({"stage.plot_area"_msg, {}}, static_cast<std::int64_t>(surveys.size() * count));
    std::vector<PlotAreaRow> rows;
    rows.reserve(surveys.size() * count);
    for (const Survey& survey : surveys) {
        const SurveyWork work = prepared(survey, parallelism);
        const std::vector<Part> parts = parts_by_region(work, regions, parallelism, diagnostics, progress);
        geo::parallel_ordered<PlotAreaRow>(
            count, parallelism, [&](std::size_t r) { return row_of(regions.regions()[r], work, parts[r]); },
            [&](std::size_t, PlotAreaRow&& row) { rows.push_back(std::move(row)); }, progress);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const PlotAreaRow& a, const PlotAreaRow& b) {
        return std::tie(a.region_id, a.crop, a.year) < std::tie(b.region_id, b.crop, b.year);
    });
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first, rows.end(), [&](const PlotAreaRow& row) {
            return row.region_id != first->region_id || row.crop != first->crop;
        });
        add_unobserved({first, last}, regions.regions()[*regions.find(first->region_id)].area);
        first = last;
    }
    return rows;
}

}  // namespace vereda::regions
