/// Annual crops rotate between fields: what persists is the block.
///
/// Fields of any year that touch or come closer than a gap form one block. Of each survey year a block tells how much
/// of it bears the crop and how much of that did so in the block's survey before.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/parallel.hpp"
#include "regions/sampled_ratio.hpp"
#include "regions/survey.hpp"

namespace vereda::regions {

struct FieldBlockRow {
    std::string block_id;  ///< "CROP-block-YEAR-PLOT" of its first field
    int year = 0;
    Crop crop = Crop::poppy;
    int fields = 0;
    geo::Hectares area{0};
    geo::Hectares block_area{0};            ///< all ground that bore the crop in any survey
    double observed_share = 1;              ///< of that ground; fields and area are of what was seen
    std::optional<geo::Hectares> repeated;  ///< of the area, borne in the survey before too; none in the first
    std::optional<geo::Date> first_image;   ///< of the fields' images: before harvest where two were taken
    std::optional<geo::Date> last_image;    ///< after harvest where two were taken
    std::optional<AreaInterval> interval;   ///< of the area, outlines alone; nullopt where a field has no error
};

struct FieldBlocks {
    std::vector<FieldBlockRow> rows;                   ///< by block, then year; years without fields too
    std::vector<std::vector<std::uint32_t>> block_of;  ///< by survey, by plot
    std::vector<std::string> ids;                      ///< by block
    std::vector<std::vector<int>> fields;              ///< by block, by survey
};

/// `surveys`: of one crop, ascending by year, validated.
[[nodiscard]] FieldBlocks field_blocks(std::span<const Survey> surveys, geo::Metres gap, geo::Parallelism parallelism);

}  // namespace vereda::regions
