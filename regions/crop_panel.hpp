/// Crop area of small units (grid cells, plots' neighbourhoods, municipalities) in every year: what the displacement
/// estimators work on.
///
/// As a file (study key `panel.source`): one row per unit and year with the columns cell_id, x, y (metres, planar),
/// region_id, year, crop_ha (empty: not observed) and any of the optional ones below; every other numeric column is
/// kept by its name: as a covariate where the plan says so, as a negative control, or unused (what removals may change,
/// such as forest, is never held fixed). Removals are no column: they are the eradication events, whose place, or
/// failing that region_id, says which units they hit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/text_table.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::regions {

struct PanelUnit {
    std::string id;
    geo::Point place;           ///< centre, metres, planar
    std::string region_id;      ///< the cluster of the unit; empty: none
    bool abroad = false;        ///< column `abroad`: 1 across a border
    bool is_protected = false;  ///< column `protected`
    bool indigenous = false;    ///< column `indigenous`: indigenous or collective land
};

/// One value per unit and year; a constant column has the same value in every year.
struct PanelCovariate {
    std::string name;                                        ///< "price", "access_min", …
    std::vector<std::vector<std::optional<double>>> values;  ///< [unit][year]
    bool constant = false;                                   ///< no unit's value changes over the years
};

struct CropPanel {
    std::vector<PanelUnit> units;                             ///< sorted by id, unique
    std::vector<int> years;                                   ///< ascending, unique; gaps allowed
    std::vector<std::vector<std::optional<double>>> crop_ha;  ///< [unit][year]; nullopt: not observed
    std::vector<PanelCovariate> covariates;                   ///< sorted by name

    [[nodiscard]] std::optional<std::size_t> find_year(int year) const;
    [[nodiscard]] const PanelCovariate* find_covariate(std::string_view name) const;
};

/// From a table of rows; where it has a column `crop`, rows of another crop are left out. Refuses missing columns
/// ("panel.column_missing"), a missing or unreadable place or year, a unit whose place or region differs between rows
/// ("panel.unit_moved"), a second row of one unit and year
/// ("panel.row_duplicate"), negative or non-finite areas ("panel.area_negative"). Rows that do not exist are years not
/// observed.
[[nodiscard]] CropPanel panel_from_table(const geo::TextTable& table, Crop crop, geo::Diagnostics& diagnostics);

struct PanelGrid {
    geo::Metres cell{1000};
    Crop crop = Crop::coca;
};

/// From surveyed plots of one crop: square cells of the study's regions, aligned to multiples of the cell size, each in
/// the region that holds its centre; area of plots split exactly at cell borders, overlaps once. A cell is observed in
/// a year where its centre is in the observed land or where it holds a plot. Cells that never hold crop are kept: they
/// are where crop may appear. Marks come from the zones that hold the centre. Cells count, so the caller bounds them.
[[nodiscard]] CropPanel panel_from_surveys(const RegionSet& regions, std::span<const Survey> surveys,
                                           std::span<const Zone> zones, const PanelGrid& grid,
                                           geo::Parallelism parallelism);

}  // namespace vereda::regions
