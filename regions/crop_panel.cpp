#include "regions/crop_panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "geo/error.hpp"
#include "geo/topology.hpp"
#include "regions/plot_ground.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr std::array<std::string_view, 10> kOwnColumns{"crop", "cell_id", "x",      "y",         "region_id",
                                                       "year", "crop_ha", "abroad", "protected", "indigenous"};

struct PanelColumns {
    std::size_t cell = 0, x = 0, y = 0, region = 0, year = 0, crop = 0;
    std::optional<std::size_t> abroad, protected_land, indigenous;
    std::vector<std::size_t> covariates;  ///< sorted by name
};

std::size_t required(const TextTable& table, std::string_view name) {
    if (const auto column = table.find(name)) return *column;
    throw Error(ErrorKind::input, {"panel.column_missing"_msg, {{"column", std::string(name)}}}, table.locus);
}

bool is_number(std::string_view text, DecimalMark mark) {
    try {
        return parse_number(text, mark).has_value();
    } catch (const Error&) {
        return false;
    }
}

/// A column is numeric where its first cell that holds anything is a number.
bool is_numeric(const TextTable& table, std::size_t column) {
    for (const TextRow& row : table.rows)
        if (!row.cells[column].empty()) return is_number(row.cells[column], table.decimal_mark);
    return false;
}

PanelColumns columns_of(const TextTable& table) {
    PanelColumns columns{required(table, "cell_id"), required(table, "x"),
                         required(table, "y"),       required(table, "region_id"),
                         required(table, "year"),    required(table, "crop_ha"),
                         table.find("abroad"),       table.find("protected"),
                         table.find("indigenous"),   {}};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const bool own = std::ranges::find(kOwnColumns, table.columns[c]) != kOwnColumns.end();
        if (!own && !table.columns[c].empty() && is_numeric(table, c)) columns.covariates.push_back(c);
    }
    std::ranges::sort(columns.covariates, {}, [&](std::size_t c) { return table.columns[c]; });
    return columns;
}

bool flag(const RowReader& row, std::optional<std::size_t> column) {
    return row.number(column).value_or(0) != 0;  // an empty cell is not marked
}

PanelUnit unit_of(const RowReader& row, const PanelColumns& columns) {
    const auto x = row.number(columns.x);
    const auto y = row.number(columns.y);
    const bool whole = x && y && std::isfinite(*x) && std::isfinite(*y);
    if (!whole) throw Error(ErrorKind::input, {"panel.place_missing"_msg, {}}, row.table().place(row.row(), columns.x));
    return {std::string(row.text(columns.cell)),   {*x, *y},
            std::string(row.text(columns.region)), flag(row, columns.abroad),
            flag(row, columns.protected_land),     flag(row, columns.indigenous)};
}

/// Units and years of the table, before any value is placed.
struct Frame {
    std::map<std::string, PanelUnit, std::less<>> units;
    std::vector<int> years;
};

/// Without rows that name another crop.
TextTable rows_of(const TextTable& whole, Crop crop) {
    TextTable table = whole;
    if (const auto column = whole.find("crop"))
        std::erase_if(table.rows, [&](const TextRow& row) {
            return !row.cells[*column].empty() && row.cells[*column] != name_of(crop);
        });
    return table;
}

Frame frame_of(const TextTable& table, const PanelColumns& columns) {
    Frame frame;
    for (const TextRow& text : table.rows) {
        const RowReader row(table, text);
        PanelUnit unit = unit_of(row, columns);
        if (unit.id.empty())
            throw Error(ErrorKind::input, {"panel.id_missing"_msg, {}}, table.place(text, columns.cell));
        const auto year = row.integer(columns.year);
        if (!year) throw Error(ErrorKind::input, {"panel.year_missing"_msg, {}}, table.place(text, columns.year));
        frame.years.push_back(static_cast<int>(*year));
        const auto [found, added] = frame.units.try_emplace(unit.id, unit);
        const PanelUnit& known = found->second;
        const bool same =
            known.place.x == unit.place.x && known.place.y == unit.place.y && known.region_id == unit.region_id;
        if (!same)
            throw Error(ErrorKind::input, {"panel.unit_moved"_msg, {{"unit", unit.id}}},
                        table.place(text, columns.cell));
    }
    std::ranges::sort(frame.years);
    frame.years.erase(std::unique(frame.years.begin(), frame.years.end()), frame.years.end());
    return frame;
}

std::vector<std::vector<std::optional<double>>> empty_values(std::size_t units, std::size_t years) {
    return {units, std::vector<std::optional<double>>(years)};
}

bool never_changes(const std::vector<std::vector<std::optional<double>>>& values) {
    return std::ranges::all_of(values, [](const auto& row) {
        std::optional<double> first;
        for (const auto& value : row) {
            if (value && first && *value != *first) return false;
            if (value) first = value;
        }
        return true;
    });
}

class Filler {
  public:
    Filler(CropPanel& panel, const TextTable& table, const PanelColumns& columns)
        : panel_(panel), table_(table), columns_(columns), seen_(panel.units.size() * panel.years.size(), false) {}

    void place(const TextRow& text) {
        const RowReader row(table_, text);
        const std::size_t unit = position(row.text(columns_.cell));
        const std::size_t year = *panel_.find_year(static_cast<int>(*row.integer(columns_.year)));
        const std::size_t slot = unit * panel_.years.size() + year;
        if (seen_[slot])
            throw Error(ErrorKind::input,
                        {"panel.row_duplicate"_msg,
                         {{"unit", panel_.units[unit].id}, {"year", std::to_string(panel_.years[year])}}},
                        table_.place(text, columns_.cell));
        seen_[slot] = true;
        const auto crop = row.number(columns_.crop);
        if (crop && (!std::isfinite(*crop) || *crop < 0))
            throw Error(ErrorKind::input, {"panel.area_negative"_msg, {}}, table_.place(text, columns_.crop));
        panel_.crop_ha[unit][year] = crop;
        for (std::size_t k = 0; k < columns_.covariates.size(); ++k)
            panel_.covariates[k].values[unit][year] = row.number(columns_.covariates[k]);
    }

  private:
    [[nodiscard]] std::size_t position(std::string_view id) const {
        const auto found = std::ranges::lower_bound(panel_.units, id, {}, &PanelUnit::id);
        return static_cast<std::size_t>(found - panel_.units.begin());
    }

    CropPanel& panel_;
    const TextTable& table_;
    const PanelColumns& columns_;
    std::vector<bool> seen_;
};

}  // namespace

std::optional<std::size_t> CropPanel::find_year(int year) const {
    const auto found = std::ranges::lower_bound(years, year);
    if (found == years.end() || *found != year) return std::nullopt;
    return static_cast<std::size_t>(found - years.begin());
}

const PanelCovariate* CropPanel::find_covariate(std::string_view name) const {
    const auto found = std::ranges::find(covariates, name, &PanelCovariate::name);
    return found == covariates.end() ? nullptr : &*found;
}

CropPanel panel_from_table(const TextTable& whole, Crop crop, Diagnostics& diagnostics) {
    const TextTable table = rows_of(whole, crop);
    const PanelColumns columns = columns_of(table);
    if (table.rows.empty()) throw Error(ErrorKind::input, {"panel.empty"_msg, {}}, table.locus);
    Frame frame = frame_of(table, columns);
    CropPanel panel;
    panel.years = std::move(frame.years);
    for (auto& [id, unit] : frame.units)
        panel.units.push_back(std::move(unit));
    panel.crop_ha = empty_values(panel.units.size(), panel.years.size());
    for (const std::size_t c : columns.covariates)
        panel.covariates.push_back({table.columns[c], empty_values(panel.units.size(), panel.years.size()), false});
    Filler filler(panel, table, columns);
    for (const TextRow& row : table.rows)
        filler.place(row);
    for (PanelCovariate& covariate : panel.covariates)
        covariate.constant = never_changes(covariate.values);
    const std::size_t holes = panel.units.size() * panel.years.size() - table.rows.size();
    if (holes > 0)
        diagnostics.add({Severity::note, {"panel.rows_missing"_msg, {{"count", std::to_string(holes)}}}, table.locus});
    return panel;
}

namespace {

/// Cells of side `step`, aligned to its multiples, whose centre lies in a region.
class CellGrid {
  public:
    CellGrid(const RegionSet& regions, double step, Parallelism parallelism) : step_(step) {
        const Box extent = regions.extent();
        first_column_ = cell_of(extent.min.x);
        const std::int64_t columns = cell_of(extent.max.x) - first_column_ + 1;
        std::vector<std::vector<PanelUnit>> by_column(static_cast<std::size_t>(columns));
        parallel_for(by_column.size(), parallelism, [&](std::size_t i) {
            const std::int64_t column = first_column_ + static_cast<std::int64_t>(i);
            for (std::int64_t row = cell_of(extent.min.y); row <= cell_of(extent.max.y); ++row) {
                const Point centre = centre_of(column, row);
                if (const auto region = regions.region_at(centre))
                    by_column[i].push_back({id_of(column, row), centre, regions.regions()[*region].id});
            }
        });
        for (auto& column : by_column)
            std::ranges::move(column, std::back_inserter(units_));
        std::ranges::sort(units_, {}, &PanelUnit::id);
    }
    [[nodiscard]] std::vector<PanelUnit> units() && { return std::move(units_); }
    [[nodiscard]] std::int64_t cell_of(double coordinate) const {
        return static_cast<std::int64_t>(std::floor(coordinate / step_));
    }
    [[nodiscard]] Point centre_of(std::int64_t column, std::int64_t row) const {
        return {(static_cast<double>(column) + 0.5) * step_, (static_cast<double>(row) + 0.5) * step_};
    }
    /// As in permanence: size, then column and row counted from the origin of the CRS.
    [[nodiscard]] std::string id_of(std::int64_t column, std::int64_t row) const {
        return fmt::format("{}mE{}N{}", step_, column, row);
    }
    [[nodiscard]] MultiPolygon square(std::int64_t column, std::int64_t row) const {
        const double x = static_cast<double>(column) * step_;
        const double y = static_cast<double>(row) * step_;
        Polygon polygon;
        polygon.outer = Ring{{x, y}, {x, y + step_}, {x + step_, y + step_}, {x + step_, y}, {x, y}};
        return {polygon};
    }

  private:
    double step_;
    std::int64_t first_column_ = 0;
    std::vector<PanelUnit> units_;
};

using AreaByCell = std::map<std::string, double, std::less<>>;

/// Hectares of the survey's ground in every cell it touches; overlaps count once.
AreaByCell area_by_cell(const Survey& survey, const CellGrid& grid, Parallelism parallelism) {
    AreaByCell area;
    for (const GroundPatch& patch : plot_ground(survey, parallelism)) {
        if (patch.planar_area <= 0) continue;
        const double hectares = to_hectares(patch.area).value() / patch.planar_area;
        const Box box = envelope(patch.geometry);
        const bool inside =
            grid.cell_of(box.min.x) == grid.cell_of(box.max.x) && grid.cell_of(box.min.y) == grid.cell_of(box.max.y);
        for (std::int64_t c = grid.cell_of(box.min.x); c <= grid.cell_of(box.max.x); ++c)
            for (std::int64_t r = grid.cell_of(box.min.y); r <= grid.cell_of(box.max.y); ++r) {
                const double part =
                    inside ? patch.planar_area : planar_area(intersection(patch.geometry, grid.square(c, r)));
                if (part > 0) area[grid.id_of(c, r)] += part * hectares;
            }
    }
    return area;
}

std::vector<bool> cells_seen(const Survey& survey, std::span<const PanelUnit> units) {
    std::vector<bool> seen(units.size(), true);
    if (!survey.observed) return seen;
    const PreparedPolygons land(*survey.observed);
    for (std::size_t u = 0; u < units.size(); ++u)
        seen[u] = land.covers(units[u].place);
    return seen;
}

void mark_zones(std::vector<PanelUnit>& units, std::span<const Zone> zones) {
    for (const Zone& zone : zones) {
        const PreparedPolygons land(zone.geometry);
        const Box box = envelope(zone.geometry);
        for (PanelUnit& unit : units) {
            if (!box.intersects({unit.place, unit.place}) || !land.covers(unit.place)) continue;
            unit.is_protected = unit.is_protected || zone.kind == ZoneKind::park;
            unit.indigenous = unit.indigenous || zone.kind == ZoneKind::indigenous || zone.kind == ZoneKind::collective;
            unit.abroad = unit.abroad || zone.kind == ZoneKind::abroad;
        }
    }
}

}  // namespace

CropPanel panel_from_surveys(const RegionSet& regions, std::span<const Survey> surveys, std::span<const Zone> zones,
                             const PanelGrid& grid, Parallelism parallelism) {
    const CellGrid cells(regions, grid.cell.value(), parallelism);
    CropPanel panel;
    panel.units = CellGrid(cells).units();
    mark_zones(panel.units, zones);
    std::vector<const Survey*> of_crop;
    for (const Survey& survey : surveys)
        if (survey.crop == grid.crop) of_crop.push_back(&survey);
    std::ranges::sort(of_crop, {}, &Survey::year);
    for (const Survey* survey : of_crop)
        panel.years.push_back(survey->year);
    panel.crop_ha = empty_values(panel.units.size(), panel.years.size());
    for (std::size_t y = 0; y < of_crop.size(); ++y) {
        const AreaByCell area = area_by_cell(*of_crop[y], cells, parallelism);
        const std::vector<bool> seen = cells_seen(*of_crop[y], panel.units);
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            const auto found = area.find(panel.units[u].id);
            if (found != area.end()) {
                panel.crop_ha[u][y] = found->second;
            } else if (seen[u]) {
                panel.crop_ha[u][y] = 0;
            }
        }
    }
    return panel;
}

}  // namespace vereda::regions
