/// What may leave the house. A type of its own that cannot hold a plot, a household, a zone, an event or a free text of
/// the inputs, so that a public page or table has nothing to leak.
///
/// Rules (thresholds as official statistics use them: ONS and Eurostat suppress below ten; reliability §4, methods §9):
/// - only tables declared public-safe; columns marked personal or internal (free text, sources, evidence) are blanked;
/// - a region with fewer than ten registered families, or without a register, has no row in any table;
/// - plot_area: rows on fewer than ten plots are withheld (none included); loss: all rows of a region in which one to
/// nine
///   plots were seen in some year are withheld, since direct loss follows from plots and the region's total loss is
///   public elsewhere;
/// - permanence_regions: as loss; shares only. holdings: classes of fewer than ten holdings are withheld with enough
///   others that what is withheld is at least two classes and ten holdings;
/// - coverage: the last period only, so that years cannot be subtracted. A count below ten is withheld (zero too), and
/// one
///   that differs by one to nine from another published count of its row; its share with it;
/// - complementary suppression: where the withheld parts of a published total are only one, or together fewer than ten
///   families, the next smallest part is withheld as well; where the total itself is withheld, at least one part is.
///   Totals over regions are made from published rows only;
/// - readiness: nothing where the people who score one of its indicators agree less than the model asks;
/// - region outlines are rounded to 0.01°; a region smaller than that loses its outline.
/// Dominance of one household within a region is not tested here.
#pragma once

#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "report/catalogue.hpp"
#include "report/results.hpp"
#include "report/table.hpp"

namespace vereda::report {

inline constexpr long families_at_least = 10;
inline constexpr double outline_step_degrees = 0.01;

struct PublicRegion {
    std::string id;
    std::string name;
    std::string parent;
    geo::MultiPolygon
        outline;  ///< longitude, latitude, multiples of 0.01°; empty where the region is smaller than that
};

/// What was held back from one table, so that the reader knows.
struct Disclosure {
    std::string table;
    long published_rows = 0;
    long withheld_rows = 0;
    long withheld_cells = 0;  ///< in published rows
};

struct PublicEdition {
    std::string study_name;
    std::string vereda_version;
    std::vector<int> years;
    std::vector<regions::Crop> crops;
    std::vector<PublicRegion> regions;
    std::vector<Table> tables;
    std::vector<Disclosure> disclosure;  ///< one per public-safe table of the run
};

[[nodiscard]] PublicEdition public_edition(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
