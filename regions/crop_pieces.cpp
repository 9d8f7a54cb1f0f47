#include "regions/crop_pieces.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "geo/topology.hpp"
#include "regions/plot_ground.hpp"

namespace vereda::regions {
namespace {

/// Mean day of a patch's plots by area; nullopt where none has one.
std::optional<geo::Date> day_of(const GroundPatch& patch, const Survey& survey) {
    double days = 0;
    double weight = 0;
    for (const std::size_t i : patch.plots) {
        const Plot& plot = survey.plots[i];
        if (!plot.image_date) continue;
        days += static_cast<double>(plot.image_date->time_since_epoch().count()) * plot.area.value();
        weight += plot.area.value();
    }
    if (!(weight > 0)) return std::nullopt;
    return geo::Date(std::chrono::days(static_cast<int>(std::lround(days / weight))));
}

std::vector<CropPiece> pieces_of(const DatedSurvey& dated, const GroundPatch& patch, const RegionSet& regions) {
    std::vector<CropPiece> pieces;
    const std::optional<geo::Date> day = day_of(patch, dated.survey());
    for (GroundPart& part : split_at_regions(dated.survey(), patch, regions).parts) {
        CropPiece piece;
        piece.region = part.region;
        piece.area_m2 = part.area_m2;
        piece.scale = part.area_m2 / part.planar_area;
        piece.unseen_m2 = (part.planar_area - dated.seen_area(part.geometry, part.planar_area)) * piece.scale;
        piece.date = day;
        piece.plots = std::move(part.plots);
        piece.geometry = std::move(part.geometry);
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

SurveyPieces pieces_of(const Survey& survey, const RegionSet& regions, geo::Parallelism parallelism) {
    SurveyPieces result{DatedSurvey(survey), {}, {}, {}, {}, {}};
    const std::vector<GroundPatch> patches = plot_ground(survey, parallelism);
    result.patches.resize(patches.size());
    geo::parallel_for(patches.size(), parallelism,
                      [&](std::size_t i) { result.patches[i] = pieces_of(result.dated, patches[i], regions); });
    result.errors.resize(survey.plots.size());
    geo::parallel_for(survey.plots.size(), parallelism,
                      [&](std::size_t i) { result.errors[i] = plot_error(survey.plots[i], survey); });
    result.seen_m2.resize(regions.regions().size());
    geo::parallel_for(result.seen_m2.size(), parallelism, [&](std::size_t r) {
        const Region& region = regions.regions()[r];
        const double planar = geo::planar_area(region.geometry);
        const double whole = geo::to_square_metres(region.area).value();
        if (planar > 0) result.seen_m2[r] = result.dated.seen_area(region.geometry, planar) / planar * whole;
    });
    for (const std::vector<CropPiece>& pieces : result.patches) {
        for (const CropPiece& piece : pieces)
            result.seen_m2[piece.region] += piece.unseen_m2;
    }
    return result;
}

/// By unit, the crop of `own` on ground that `other` saw too.
std::vector<double> in_common(const SurveyPieces& own, const SurveyPieces& other, const AreaUnits& units,
                              geo::Parallelism parallelism) {
    std::vector<double> sums(units.units().size());
    using Parts = std::vector<std::pair<std::size_t, double>>;
    const auto common = [&](std::size_t p) {
        Parts parts;
        for (const CropPiece& piece : own.patches[p]) {
            const double whole = piece.area_m2 / piece.scale;
            double seen = other.dated.seen_area(piece.geometry, whole);
            if (seen < whole) seen = whole - geo::planar_area(other.dated.unseen_in(piece.geometry));
            parts.emplace_back(piece.region, seen * piece.scale);
        }
        return parts;
    };
    geo::parallel_ordered<Parts>(own.patches.size(), parallelism, common, [&](std::size_t, Parts&& parts) {
        for (const auto& [region, area] : parts) {
            for (const std::size_t unit : units.of_region(region))
                sums[unit] += area;
        }
    });
    return sums;
}

}  // namespace

std::vector<SurveyPieces> crop_pieces(const RegionSet& regions, const AreaUnits& units,
                                      std::span<const Survey* const> surveys, geo::Parallelism parallelism,
                                      geo::Progress* progress) {
    std::vector<SurveyPieces> series;
    series.reserve(surveys.size());
    for (const Survey* survey : surveys) {
        series.push_back(pieces_of(*survey, regions, parallelism));
        if (progress != nullptr) progress->advance();
    }
    std::ranges::sort(series, {}, &SurveyPieces::year);
    for (std::size_t s = 0; s < series.size(); ++s) {
        if (s > 0) series[s].with_before = in_common(series[s], series[s - 1], units, parallelism);
        if (s + 1 < series.size()) series[s].with_next = in_common(series[s], series[s + 1], units, parallelism);
    }
    return series;
}

}  // namespace vereda::regions
