#include "app/displacement_inputs.hpp"

#include <algorithm>
#include <cmath>

#include "geo/error.hpp"
#include "geo/io/feature_reader.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double kMostCells = 200'000;
constexpr long kLeastSurveys = 3;

void rename_columns(TextTable& table, const livelihoods::ColumnMap& columns) {
    for (const auto& [ours, theirs] : columns)
        for (std::string& column : table.columns)
            if (column == theirs) column = ours;
}

void require_few_cells(const regions::RegionSet& regions, Metres cell) {
    double area = 0;
    for (const regions::Region& region : regions.regions())
        area += to_square_metres(region.area).value();
    const double cells = area / (cell * cell).value();
    if (cells > kMostCells)
        throw Error(ErrorKind::usage,
                    {"displacement.too_many_cells"_msg, {{"cells", std::to_string(std::llround(cells))}}},
                    Locus{{}, {}, {}, 0, "plan.cell_m"});
}

}  // namespace

regions::CropPanel read_panel(const StudySource& source, regions::Crop crop, Diagnostics& diagnostics) {
    TextTable table = io::read_table(source.path, source.options, diagnostics);
    rename_columns(table, source.columns);
    return regions::panel_from_table(table, crop, diagnostics);
}

regions::DriverAccuracy read_driver_accuracy(const StudySource& source, Diagnostics& diagnostics) {
    TextTable table = io::read_table(source.path, source.options, diagnostics);
    rename_columns(table, source.columns);
    return regions::driver_accuracy_from(table);
}

std::optional<regions::CropPanel> displacement_panel(const Study& study, const regions::RegionSet& regions,
                                                     std::span<const regions::Survey> surveys,
                                                     std::span<const regions::Zone> zones, Parallelism parallelism,
                                                     Diagnostics& diagnostics) {
    const regions::Crop crop = study.crops.empty() ? regions::Crop::coca : study.crops.front();
    if (study.panel) return read_panel(*study.panel, crop, diagnostics);
    if (std::ranges::count(surveys, crop, &regions::Survey::crop) < kLeastSurveys) return std::nullopt;
    require_few_cells(regions, study.displacement.cell);
    return regions::panel_from_surveys(regions, surveys, zones, {study.displacement.cell, crop}, parallelism);
}

}  // namespace vereda::app
