/// The components that a sweep over rows has begun and not ended. Internal to raster/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "raster/class_runs.hpp"
#include "raster/components.hpp"

namespace vereda::raster::detail {

/// What one row brings: its runs, and per run what is summed; the sums may be empty.
struct LabelledRow {
    int row = 0;
    std::span<const ClassRun> runs;
    std::span<const double> areas;
    std::span<const std::int64_t> probability_sums;
    std::span<const std::int32_t> probability_cells;
};

class OpenComponents {
  public:
    OpenComponents(const Grid& grid, const ClassSet& classes, Connectivity connectivity, bool keep_runs);

    /// Rows come in order, none left out. Components that the row before ended go to the sink.
    void add_row(const LabelledRow& row, const ComponentSink& sink);
    /// After the last row.
    void end(const ComponentSink& sink);

  private:
    using Label = std::uint32_t;
    struct PlacedRun {
        int col_begin = 0;
        int col_end = 0;
        int cls = 0;
        Label label = 0;
    };
    struct State {
        Label parent = 0;
        int cls = 0;
        int last_row = 0;  ///< -1 once it was handed out
        int row_begin = 0;
        int col_begin = 0;
        int col_end = 0;
        std::int64_t cells = 0;
        double area = 0;
        double probability_sum = 0;
        std::int64_t probability_cells = 0;
        std::uint32_t first_run = 0;
        std::uint32_t last_run = 0;
    };
    struct StoredRun {
        Run run;
        std::uint32_t next = 0;
    };

    [[nodiscard]] Label find(Label label);
    [[nodiscard]] Label join(Label a, Label b);
    [[nodiscard]] Label new_label(int cls, int row);
    void add_run(const LabelledRow& row, std::size_t index, PlacedRun& placed);
    void store_run(State& state, const Run& run);
    void close(Label label, const ComponentSink& sink);
    void gather_runs(const State& state);

    int width_;
    int height_;
    const ClassSet* classes_;
    int reach_;  ///< how far beyond its ends a run touches runs of the next row
    bool keep_runs_;
    std::vector<PlacedRun> previous_;
    std::vector<PlacedRun> current_;
    std::vector<State> states_;
    std::vector<Label> free_;
    std::vector<Label> to_free_;  ///< at the end of the row: joined into others, or handed out
    std::vector<StoredRun> stored_;
    std::uint32_t free_run_ = 0;  ///< head of the list of free places; place 0 is never used
    std::vector<Run> gathered_;
};

}  // namespace vereda::raster::detail
