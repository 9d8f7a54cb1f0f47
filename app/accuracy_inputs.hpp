/// The tables that an accuracy assessment reads: a reference sample, areas of strata, an error matrix, image frames.
#pragma once

#include <string>
#include <vector>

#include "geo/text_table.hpp"
#include "regions/accuracy.hpp"
#include "regions/frame_sample.hpp"
#include "regions/sample_size.hpp"

namespace vereda::app {

/// Which columns of a sample hold what.
struct SampleColumns {
    std::string stratum;
    std::string reference;
    std::string map;  ///< empty: the strata are the map's classes
};

/// One row per sample unit. Throws Error(input, "accuracy.column_missing" or "…_nearest"), "accuracy.label_missing" for
/// an empty cell, with line and column.
[[nodiscard]] std::vector<regions::SampleCount> read_sample(const geo::TextTable& table, const SampleColumns& columns);

/// Columns `stratum` and `area`, or, where those are missing, the first two columns.
[[nodiscard]] std::vector<regions::StratumArea> read_areas(const geo::TextTable& table);

/// Rows are map classes (named by the first column), columns reference classes, cells counts of units. Throws
/// Error(input, "accuracy.not_a_count") for a cell that is no whole number from 0; an empty cell is 0.
[[nodiscard]] std::vector<regions::SampleCount> read_matrix(const geo::TextTable& table);

/// Crop and farmland of each frame; the stratum "all" where `stratum` is empty.
struct FrameColumns {
    std::string crop;
    std::string farmland;
    std::string stratum;
};
[[nodiscard]] std::vector<regions::Frame> read_frames(const geo::TextTable& table, const FrameColumns& columns);

/// Columns stratum, area and expected_users_accuracy.
[[nodiscard]] std::vector<regions::PlannedStratum> read_planned(const geo::TextTable& table);

}  // namespace vereda::app
