/// The panel that a displacement study works on: from the study's own panel, else built from its surveys.
#pragma once

#include <optional>
#include <span>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "geo/parallel.hpp"
#include "regions/crop_panel.hpp"
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

}  // namespace vereda::app
