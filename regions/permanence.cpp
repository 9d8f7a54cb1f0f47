#include "regions/permanence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "geo/error.hpp"
#include "geo/topology.hpp"
#include "regions/cell_lattice.hpp"
#include "regions/interval_note.hpp"
#include "regions/plot_error.hpp"
#include "regions/plot_ground.hpp"
#include "regions/tiled_land.hpp"

namespace vereda::regions {
namespace {

using geo::operator""_msg;

constexpr int kPublishedWindow = 10;  ///< methods §1
constexpr double kSquareKilometre = 1e6;
constexpr double kCredible = 0.95;

/// What one survey tells of every cell.
struct CellYear {
    double crop_m2 = 0;
    double seen_share = 1;    ///< of the cell's land
    double variance_m4 = 0;   ///< of the crop, by the plots' own errors
    double shared_m2 = 0;     ///< standard deviation by what all plots of the survey share
    bool error_known = true;  ///< every plot in the cell states an error
};

struct CropInCell {
    std::size_t cell = 0;
    double crop_m2 = 0;
    double share = 0;  ///< of the patch
};

/// A patch's crop by the cells of the lattice that it reaches.
std::vector<CropInCell> crop_by_cell(const GroundPatch& patch, const CellLattice& lattice) {
    std::vector<CropInCell> parts;
    const geo::Box box = geo::envelope(patch.geometry);
    if (box.empty() || !(patch.planar_area > 0)) return parts;
    const int first_column = lattice.index_of(box.min.x);
    const int last_column = lattice.index_of(box.max.x);
    const int first_row = lattice.index_of(box.min.y);
    const int last_row = lattice.index_of(box.max.y);
    const bool whole = first_column == last_column && first_row == last_row;
    const double scale = patch.area.value() / patch.planar_area;
    for (int row = first_row; row <= last_row; ++row) {
        for (int column = first_column; column <= last_column; ++column) {
            const auto cell = lattice.find(column, row);
            if (!cell) continue;
            const double planar =
                whole ? patch.planar_area
                      : geo::planar_area(geo::intersection(patch.geometry, lattice.outline(column, row)));
            if (planar > 0) parts.push_back({*cell, planar * scale, planar / patch.planar_area});
        }
    }
    return parts;
}

/// A part of a patch: its share of every plot's error.
void add_part(CellYear& year, const CropInCell& part, const GroundPatch& patch, std::span<const PlotError> errors) {
    year.crop_m2 += part.crop_m2;
    for (const std::size_t plot : patch.plots) {
        const PlotError& error = errors[plot];
        year.shared_m2 += part.share * error.shared.value();
        if (!error.own) {
            year.error_known = false;
            continue;
        }
        const double own = part.share * error.own->value();
        year.variance_m4 += own * own;
    }
}

std::vector<CellYear> cell_years(const Survey& survey, const CellLattice& lattice, geo::Parallelism parallelism) {
    std::vector<CellYear> years(lattice.cells().size());
    const std::vector<GroundPatch> patches = plot_ground(survey, parallelism);
    std::vector<PlotError> errors(survey.plots.size());
    geo::parallel_for(patches.size(), parallelism, [&](std::size_t p) {
        for (const std::size_t plot : patches[p].plots)
            errors[plot] = plot_error(survey.plots[plot], survey);
    });
    geo::parallel_ordered<std::vector<CropInCell>>(
        patches.size(), parallelism, [&](std::size_t i) { return crop_by_cell(patches[i], lattice); },
        [&](std::size_t i, std::vector<CropInCell>&& parts) {
            for (const CropInCell& part : parts)
                add_part(years[part.cell], part, patches[i], errors);
        });
    if (!survey.observed) return years;
    const TiledLand observed(*survey.observed);
    geo::parallel_for(years.size(), parallelism, [&](std::size_t i) {
        const CellLattice::Cell& cell = lattice.cells()[i];
        const double seen = observed.area_within(lattice.land(cell), cell.land_m2);
        // Ground under crop was seen, whatever the survey says of its extent.
        years[i].seen_share = std::min(1.0, std::max(seen, years[i].crop_m2) / cell.land_m2);
    });
    return years;
}

Presence presence_of(const CellYear& year, const PermanenceOptions& options) {
    if (year.crop_m2 >= geo::to_square_metres(options.presence).value() && year.crop_m2 > 0) return Presence::present;
    // Sums of tiles may miss a whole cell by rounding.
    constexpr double rounding = 1e-9;
    return year.seen_share >= options.observed_min - rounding ? Presence::absent : Presence::unknown;
}

PermanenceWindow window_of(std::span<const Survey* const> surveys, const PermanenceOptions& options) {
    const int first = surveys.front()->year;
    const int last = surveys.back()->year;
    const int years = options.window_years.value_or(std::min(kPublishedWindow, last - first + 1));
    return {last - years + 1, last};
}

PresenceChances chances_of(const std::vector<PermanenceCell>& cells) {
    // Jeffreys prior: half a case on each side.
    double first_present = 0.5;
    double first_known = 1;
    double from_absent = 1;
    double appeared = 0.5;
    double from_present = 1;
    double vanished = 0.5;
    for (const PermanenceCell& cell : cells) {
        const auto known = std::ranges::find_if(cell.years, [](Presence p) { return p != Presence::unknown; });
        if (known == cell.years.end()) continue;
        first_known += 1;
        first_present += *known == Presence::present ? 1 : 0;
        for (auto next = known + 1; next != cell.years.end(); ++next) {
            const Presence before = *(next - 1);
            if (before == Presence::unknown || *next == Presence::unknown) continue;
            (before == Presence::absent ? from_absent : from_present) += 1;
            if (before == Presence::absent && *next == Presence::present) appeared += 1;
            if (before == Presence::present && *next == Presence::absent) vanished += 1;
        }
    }
    return {first_present / first_known, appeared / from_absent, vanished / from_present};
}

void classify(PermanenceCell& cell, const PresenceChances& chances) {
    cell.possible = possible_classes(cell.years);
    const auto shares = class_chances(cell.years, chances);
    const auto likely = std::ranges::max_element(shares);
    cell.likely = static_cast<PermanenceClass>(likely - shares.begin());
    cell.likely_chance = *likely;
    cell.credible = credible_classes(shares, kCredible);
}

void tell_interval(PermanenceCell& cell, const CellYear& seen, const std::optional<SampledRatio>& sample) {
    cell.crop_interval.reset();
    cell.crop_sampled.reset();
    if (seen.error_known) {
        const MappedArea mapped{geo::SquareMetres(seen.crop_m2),
                                geo::SquareMetres(std::hypot(std::sqrt(seen.variance_m4), seen.shared_m2))};
        cell.crop_interval = interval_of(mapped);
        if (sample) cell.crop_sampled = sampled_interval(mapped, *sample);
    }
    constexpr double whole = 1 - 1e-9;
    cell.note = note_of({seen.error_known ? "" : note::no_outline_error, note::of_sample(cell.crop_sampled.has_value()),
                         seen.seen_share < whole ? note::unobserved_left_out : ""});
}

/// One survey's word on the year `year`: appended to the cells' windows, and kept as their last where it is one.
void append_year(std::vector<PermanenceCell>& cells, const std::vector<CellYear>& seen, int year,
                 const PermanenceOptions& options, const std::optional<SampledRatio>& sample) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        PermanenceCell& cell = cells[i];
        const Presence presence = presence_of(seen[i], options);
        cell.years.push_back(presence);
        if (presence == Presence::unknown) continue;
        cell.last_seen_year = year;
        cell.crop_area = geo::to_hectares(geo::SquareMetres(seen[i].crop_m2));
        cell.density = cell.crop_area->value() / (cell.land.value() * seen[i].seen_share / kSquareKilometre);
        tell_interval(cell, seen[i], sample);
    }
}

struct PermanenceStudy {
    const PermanenceOptions& options;
    std::span<const SampledRatio> samples;
    geo::Parallelism parallelism;
    geo::Progress* progress = nullptr;
};

PermanenceSeries series_of(const CellLattice& lattice, std::span<const Survey* const> surveys,
                           const PermanenceWindow& window, const PermanenceStudy& study) {
    PermanenceSeries series;
    series.crop = surveys.front()->crop;
    series.window = window;
    series.cells.resize(lattice.cells().size());
    for (std::size_t i = 0; i < series.cells.size(); ++i) {
        const CellLattice::Cell& from = lattice.cells()[i];
        PermanenceCell& cell = series.cells[i];
        cell.crop = series.crop;
        cell.column = from.column;
        cell.row = from.row;
        cell.land = geo::SquareMetres(from.land_m2);
        for (const auto& [region, area] : from.regions)
            cell.regions.emplace_back(region, geo::SquareMetres(area));
    }
    for (int year = window.from_year; year <= window.to_year; ++year) {
        const auto survey = std::ranges::find(surveys, year, &Survey::year);
        if (survey == surveys.end()) {
            for (PermanenceCell& cell : series.cells)
                cell.years.push_back(Presence::unknown);
        } else {
            append_year(series.cells, cell_years(**survey, lattice, study.parallelism), year, study.options,
                        ratio_of(study.samples, series.crop, year));
        }
        if (study.progress != nullptr) study.progress->advance();
    }
    series.chances = chances_of(series.cells);
    geo::parallel_for(series.cells.size(), study.parallelism,
                      [&](std::size_t i) { classify(series.cells[i], series.chances); });
    return series;
}

void tell_short(const PermanenceWindow& window, Crop crop, geo::Diagnostics& diagnostics) {
    const geo::MessageArguments arguments{{"crop", std::string(name_of(crop))},
                                          {"years", std::to_string(window.years())},
                                          {"from", std::to_string(window.from_year)},
                                          {"to", std::to_string(window.to_year)}};
    const bool usable = window.years() >= static_cast<int>(shortest_permanence_window);
    diagnostics.add(
        {geo::Severity::note, {usable ? "permanence.shorter_window"_msg : "permanence.too_short"_msg, arguments}, {}});
}

}  // namespace

std::string permanence_cell_id(geo::Metres cell, int column, int row) {
    return fmt::format("{}mE{}N{}", cell.value(), column, row);
}

geo::MultiPolygon permanence_cell_outline(geo::Metres cell, int column, int row) {
    const double size = cell.value();
    const geo::Point min{column * size, row * size};
    const geo::Point max{(column + 1) * size, (row + 1) * size};
    geo::MultiPolygon shape(1);
    shape[0].outer = {min, {min.x, max.y}, max, {max.x, min.y}, min};
    return shape;
}

std::string_view density_class(double density) {
    constexpr std::array<std::pair<double, std::string_view>, 4> upper{
        {{1, "0-1"}, {4, "1-4"}, {8, "4-8"}, {12, "8-12"}}};
    if (!(density > 0)) return "0";
    for (const auto& [limit, name] : upper) {
        if (density <= limit) return name;
    }
    return ">12";
}

Permanence permanence(const RegionSet& regions, std::span<const Survey> surveys, const PermanenceOptions& options,
                      geo::Parallelism parallelism, geo::Diagnostics& diagnostics, geo::Progress* progress,
                      std::span<const SampledRatio> samples) {
    std::map<Crop, std::vector<const Survey*>> by_crop;
    for (const Survey& survey : surveys)
        by_crop[survey.crop].push_back(&survey);
    std::vector<std::pair<std::vector<const Survey*>, PermanenceWindow>> usable;
    std::int64_t steps = 0;
    for (auto& [crop, series] : by_crop) {
        std::ranges::sort(series, {}, &Survey::year);
        const PermanenceWindow window = window_of(series, options);
        const bool long_enough = window.years() >= static_cast<int>(shortest_permanence_window);
        if (!long_enough || (!options.window_years && window.years() < kPublishedWindow))
            tell_short(window, crop, diagnostics);
        if (!long_enough) continue;
        usable.emplace_back(std::move(series), window);
        steps += window.years();
    }
    Permanence result;
    result.cell = options.cell;
    if (usable.empty()) return result;
    if (progress != nullptr) progress->start_stage({"stage.permanence"_msg, {}}, steps);
    const CellLattice lattice(regions, options.cell, parallelism);
    for (const auto& [series, window] : usable)
        result.crops.push_back(series_of(lattice, series, window, {options, samples, parallelism, progress}));
    return result;
}

}  // namespace vereda::regions
