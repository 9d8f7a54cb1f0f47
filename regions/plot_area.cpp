#include "regions/plot_area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "regions/ground_split.hpp"
#include "regions/interval_note.hpp"
#include "regions/plot_error.hpp"
#include "regions/plot_ground.hpp"
#include "regions/tiled_land.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr double kReportedShare = 1e-6;

/// What one patch of ground adds to one region.
struct Part {
    std::size_t region = 0;
    long plots = 0;
    double area_m2 = 0;
    double unseen_m2 = 0;    ///< of it, outside the land the survey says was observed
    double variance_m4 = 0;  ///< of area_m2, by the plots' own errors
    double shared_m2 = 0;    ///< standard deviation by what all plots of the survey share
    bool error_known = true;
};

struct PatchParts {
    std::vector<Part> parts;  ///< ascending by region
    double outside_m2 = 0;    ///< in no region
    double unseen_m2 = 0;
};

struct SurveyWork {
    const Survey* survey = nullptr;
    std::optional<TiledLand> observed;
    std::vector<GroundPatch> patches;
    std::vector<PlotError> errors;  ///< per plot
};

SurveyWork prepared(const Survey& survey, geo::Parallelism parallelism) {
    SurveyWork work;
    work.survey = &survey;
    if (survey.observed) work.observed.emplace(*survey.observed);
    work.patches = plot_ground(survey, parallelism);
    work.errors.resize(survey.plots.size());
    geo::parallel_for(survey.plots.size(), parallelism,
                      [&](std::size_t i) { work.errors[i] = plot_error(survey.plots[i], survey); });
    return work;
}

/// Adds to `sum` the plots that reach into the region, with their share of their error.
void add_plots(Part& sum, const SurveyWork& work, const GroundPart& part) {
    for (const auto& [plot, share] : part.plots) {
        const PlotError& error = work.errors[plot];
        ++sum.plots;
        sum.shared_m2 += share * error.shared.value();
        if (error.own)
            sum.variance_m4 += share * error.own->value() * share * error.own->value();
        else
            sum.error_known = false;
    }
}

PatchParts split(const SurveyWork& work, const GroundPatch& patch, const RegionSet& regions) {
    PatchParts result;
    const double scale = patch.planar_area > 0 ? patch.area.value() / patch.planar_area : 0;
    const auto unseen = [&](const geo::MultiPolygon& ground, double planar) {
        return work.observed ? (planar - work.observed->area_within(ground, planar)) * scale : 0.0;
    };
    const SplitGround ground = split_at_regions(*work.survey, patch, regions);
    for (const GroundPart& cut : ground.parts) {
        Part part;
        part.region = cut.region;
        part.area_m2 = cut.area_m2;
        part.unseen_m2 = unseen(cut.geometry, cut.planar_area);
        add_plots(part, work, cut);
        result.parts.push_back(part);
    }
    result.outside_m2 = ground.outside_m2;
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
                sum.shared_m2 += part.shared_m2;
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
    const double seen = work.observed->area_within(region.geometry, planar) / planar;
    const double share = seen + part.unseen_m2 / geo::to_square_metres(region.area).value();
    if (share < rounding_share) return 0;
    return share > 1 - rounding_share ? 1 : share;
}

PlotAreaRow row_of(const Region& region, const SurveyWork& work, const Part& part,
                   std::span<const SampledRatio> samples) {
    PlotAreaRow row;
    row.region_id = region.id;
    row.region_name = region.name;
    row.year = work.survey->year;
    row.crop = work.survey->crop;
    row.observed_assumed = !work.observed;
    row.observed_share = observed_share(region, work, part);
    if (row.observed_share <= 0) {
        row.note = note_of({note::not_observed});
        return row;
    }
    row.plots = part.plots;
    row.area = geo::to_hectares(geo::SquareMetres(part.area_m2));
    if (part.error_known) {
        const MappedArea mapped{geo::SquareMetres(part.area_m2),
                                geo::SquareMetres(std::hypot(std::sqrt(part.variance_m4), part.shared_m2))};
        const AreaInterval interval = interval_of(mapped);
        row.area_lo = interval.lo;
        row.area_hi = interval.hi;
        if (const auto sample = ratio_of(samples, row.crop, row.year)) row.sampled = sampled_interval(mapped, *sample);
    }
    row.note = note_of({part.error_known ? "" : note::no_outline_error, note::of_sample(row.sampled.has_value())});
    return row;
}

/// Raises the upper bounds of one region's rows of one crop by what the unobserved land may hold.
void add_unobserved(std::span<PlotAreaRow> rows, geo::Hectares region_area, std::span<const SampledRatio> samples) {
    double densest = 0;
    for (const PlotAreaRow& row : rows)
        if (row.area) densest = std::max(densest, *row.area / (row.observed_share * region_area));
    densest = std::min(densest, 1.0);
    for (PlotAreaRow& row : rows) {
        const geo::Hectares unobserved = densest * (1 - row.observed_share) * region_area;
        if (row.area_hi) *row.area_hi += unobserved;
        if (row.sampled) row.sampled->hi += ratio_of(samples, row.crop, row.year)->ratio * unobserved;
    }
}

}  // namespace

std::vector<PlotAreaRow> plot_area(const RegionSet& regions, std::span<const Survey> surveys,
                                   geo::Parallelism parallelism, geo::Diagnostics& diagnostics, geo::Progress* progress,
                                   std::span<const SampledRatio> samples) {
    const std::size_t count = regions.regions().size();
    if (progress != nullptr)
        progress->start_stage({"stage.plot_area"_msg, {}}, static_cast<std::int64_t>(surveys.size() * count));
    std::vector<PlotAreaRow> rows;
    rows.reserve(surveys.size() * count);
    for (const Survey& survey : surveys) {
        const SurveyWork work = prepared(survey, parallelism);
        const std::vector<Part> parts = parts_by_region(work, regions, parallelism, diagnostics, progress);
        geo::parallel_ordered<PlotAreaRow>(
            count, parallelism, [&](std::size_t r) { return row_of(regions.regions()[r], work, parts[r], samples); },
            [&](std::size_t, PlotAreaRow&& row) { rows.push_back(std::move(row)); }, progress);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const PlotAreaRow& a, const PlotAreaRow& b) {
        return std::tie(a.region_id, a.crop, a.year) < std::tie(b.region_id, b.crop, b.year);
    });
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first, rows.end(), [&](const PlotAreaRow& row) {
            return row.region_id != first->region_id || row.crop != first->crop;
        });
        add_unobserved({first, last}, regions.regions()[*regions.find(first->region_id)].area, samples);
        first = last;
    }
    return rows;
}

}  // namespace vereda::regions
