/// What a displacement study and its forest loss read beside regions and surveys: the panel (the study's own, else
/// built from its surveys) and the accuracy of its map of loss drivers.
#pragma once

#include <optional>
#include <span>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "geo/parallel.hpp"
#include "regions/crop_panel.hpp"
#include "regions/driver_accuracy.hpp"
#include "regions/region_set.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::app {

/// nullopt where the study has neither a panel nor surveys of its first crop in three years. Error(usage) where its
/// regions would give more than 200,000 cells.
[[nodiscard]] std::optional<regions::CropPanel> displacement_panel(
    const Study& study, const regions::RegionSet& regions, std::span<const regions::Survey> surveys,
    std::span<const regions::Zone> zones, geo::Parallelism parallelism, geo::Diagnostics& diagnostics);

[[nodiscard]] regions::CropPanel read_panel(const StudySource& source, regions::Crop crop,
                                            geo::Diagnostics& diagnostics);

/// What a study's map of loss drivers shows for each cause.
[[nodiscard]] regions::DriverAccuracy read_driver_accuracy(const StudySource& source, geo::Diagnostics& diagnostics);

}  // namespace vereda::app
