#include <array>

#include "regions/interval_note.hpp"
#include "regions/permanence.hpp"

namespace vereda::regions {
namespace {

/// Land and cells of one region by what they may be.
struct Tally {
    long cells = 0;
    long cells_possible = 0;
    long likely = 0;
    double land = 0;
    double land_possible = 0;
    double others_affected = 0;  ///< land of cells not surely of the class that may be of another affected class
    double others_surely = 0;    ///< land of cells that cannot be of the class and are surely affected
};

using Tallies = std::array<Tally, permanence_class_count>;

bool may_be_affected_otherwise(const ClassSet& possible, PermanenceClass permanence) {
    for (std::size_t i = 0; i < permanence_class_count; ++i) {
        const auto other = static_cast<PermanenceClass>(i);
        if (other != permanence && other != PermanenceClass::never && possible.holds(other)) return true;
    }
    return false;
}

void add(Tallies& tallies, const PermanenceCell& cell, double land) {
    for (std::size_t i = 0; i < permanence_class_count; ++i) {
        const auto permanence = static_cast<PermanenceClass>(i);
        Tally& tally = tallies[i];
        if (cell.likely == permanence) ++tally.likely;
        if (cell.possible.holds(permanence)) {
            ++tally.cells_possible;
            tally.land_possible += land;
        } else if (!cell.possible.holds(PermanenceClass::never)) {
            tally.others_surely += land;
        }
        if (cell.possible.single() == permanence) {
            ++tally.cells;
            tally.land += land;
        } else if (may_be_affected_otherwise(cell.possible, permanence)) {
            tally.others_affected += land;
        }
    }
}

std::optional<double> ratio(double part, double rest) {
    if (!(part + rest > 0)) return std::nullopt;
    return part / (part + rest);
}

PermanenceRegionRow row_of(const Region& region, const PermanenceSeries& series, PermanenceClass permanence,
                           const Tally& tally, double whole) {
    PermanenceRegionRow row;
    row.region_id = region.id;
    row.region_name = region.name;
    row.crop = series.crop;
    row.window = series.window;
    row.permanence = permanence;
    row.cells = tally.cells;
    row.cells_possible = tally.cells_possible;
    row.likely_cells = tally.likely;
    row.land = geo::SquareMetres(tally.land);
    row.land_possible = geo::SquareMetres(tally.land_possible);
    row.note = note_of({note::presence_left_out, note::omission_commission});
    if (permanence == PermanenceClass::never) {
        row.share_lo = ratio(tally.land, whole - tally.land);
        row.share_hi = ratio(tally.land_possible, whole - tally.land_possible);
        return row;
    }
    // Least: every doubtful cell is of another affected class where it may be, else was never affected.
    // Most: every doubtful cell is of the class where it may be, else was never affected where it may be.
    row.share_lo = ratio(tally.land, tally.others_affected);
    row.share_hi = ratio(tally.land_possible, tally.others_surely);
    // Where the least choice leaves no affected territory the share of that choice is unknown: 0 is its floor.
    if (!row.share_lo && row.share_hi) row.share_lo = 0;
    if (!row.share_hi) row.share_hi = row.share_lo;
    return row;
}

}  // namespace

std::vector<PermanenceRegionRow> permanence_by_region(const Permanence& permanence, const RegionSet& regions) {
    std::vector<PermanenceRegionRow> rows;
    const std::size_t count = regions.regions().size();
    for (const PermanenceSeries& series : permanence.crops) {
        std::vector<Tallies> tallies(count);
        std::vector<double> land(count);
        for (const PermanenceCell& cell : series.cells) {
            for (const auto& [region, area] : cell.regions) {
                add(tallies[region], cell, area.value());
                land[region] += area.value();
            }
        }
        for (std::size_t r = 0; r < count; ++r) {
            for (std::size_t i = 0; i < permanence_class_count; ++i)
                rows.push_back(
                    row_of(regions.regions()[r], series, static_cast<PermanenceClass>(i), tallies[r][i], land[r]));
        }
    }
    return rows;
}

}  // namespace vereda::regions
