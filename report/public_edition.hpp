/// What may leave the house. A type of its own that cannot hold a plot, a household, a zone, an event or a free text of
/// the inputs, so that a public page or table has nothing to leak.
///
/// Rules (reliability §4, methods §9; thresholds as official statistics use them, ONS and Eurostat):
/// - only tables declared public-safe, only their columns not marked personal and only codes and numbers: sentences,
/// sources
///   and documents are blanked;
/// - regions with fewer than ten registered families, or with no register, have no row in any table;
/// - plot_area rows on fewer than ten plots are withheld whole; coverage shows the last period only;
/// - a count below ten is withheld (zero too), and the shares derived from it; so is a count whose complement within
/// the
///   registered families, or difference from the next published count of its row, is one to nine;
/// - complementary suppression: where the withheld parts of a published total number only one, or together fewer than
/// ten
///   families, the next smallest part is withheld as well, until neither holds; totals over regions are made from
///   published rows only;
/// - region outlines are rounded to 0.01°, regions smaller than that lose their outline; no extent finer than that.
#pragma once

#include <optional>
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
    std::vector<Disclosure> disclosure;                          ///< one per public-safe table of the run
    std::optional<livelihoods::ReadinessModel> readiness_model;  ///< data of the product, not of the inputs
};

[[nodiscard]] PublicEdition public_edition(const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
