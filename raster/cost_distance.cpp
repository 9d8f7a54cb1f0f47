#include "raster/cost_distance.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "geo/error.hpp"
#include "raster/bucket_queue.hpp"
#include "raster/large_array.hpp"
#include "raster/move_lengths.hpp"

namespace vereda::raster {

using namespace geo;

namespace {

struct Step {
    int cols;
    int rows;
};

/// In the order of memory; the first eight are the near ones, the others knight's moves.
constexpr std::array<Step, 16> steps{{{-1, -1},
                                      {0, -1},
                                      {1, -1},
                                      {-1, 0},
                                      {1, 0},
                                      {-1, 1},
                                      {0, 1},
                                      {1, 1},
                                      {-1, -2},
                                      {1, -2},
                                      {-2, -1},
                                      {2, -1},
                                      {-2, 1},
                                      {2, 1},
                                      {-1, 2},
                                      {1, 2}}};
constexpr std::size_t near_steps = 8;

[[noreturn]] void bug(const char* what) {
    throw Error(ErrorKind::internal, {"internal.unexpected"_msg, {{"what", what}}});
}

}  // namespace

CostSurface::CostSurface(Grid grid, bool with_elevation)
    : grid_(std::move(grid)), stride_(static_cast<std::size_t>(grid_.width) + 2 * frame) {
    require_valid(grid_);
    const std::size_t cells = stride_ * (static_cast<std::size_t>(grid_.height) + 2 * frame);
    if (cells > std::numeric_limits<std::uint32_t>::max()) {
        throw Error(ErrorKind::resource,
                    {"cost.too_many_cells"_msg,
                     {{"width", std::to_string(grid_.width)}, {"height", std::to_string(grid_.height)}}});
    }
    nodes_ = large_array(cells, Node(), ArrayUse::scattered);
    if (with_elevation) elevation_ = large_array(cells, std::numeric_limits<float>::quiet_NaN(), ArrayUse::scattered);
}

void CostSurface::set_pace(int col, int row, double minutes_per_metre) {
    if (minutes_per_metre < 0) bug("a pace is not negative");
    const auto pace = static_cast<float>(minutes_per_metre);
    nodes_[index(col, row)].pace = std::isfinite(pace) ? pace : barrier;
}

void CostSurface::set_pace_of_way(int col, int row, double minutes_per_metre) {
    set_pace(col, row, minutes_per_metre);
    float& pace = nodes_[index(col, row)].pace;
    pace = -pace;
}

void CostSurface::set_barrier(int col, int row) {
    nodes_[index(col, row)].pace = barrier;
}

void CostSurface::set_elevation(int col, int row, double metres) {
    const auto elevation = static_cast<float>(metres);
    elevation_[index(col, row)] = std::isfinite(elevation) ? elevation : std::numeric_limits<float>::quiet_NaN();
}

bool CostSurface::is_barrier(int col, int row) const {
    const std::size_t i = index(col, row);
    const float pace = nodes_[i].pace;
    if (std::isnan(pace)) return true;
    return has_elevation() && !std::signbit(pace) && std::isnan(elevation_[i]);
}

bool CostSurface::is_way(int col, int row) const {
    const float pace = nodes_[index(col, row)].pace;
    return !std::isnan(pace) && std::signbit(pace);
}

/// One search. The least of all sums along paths does not depend on the order in which cells are corrected, since
/// rounded addition is monotone; so the order within a bucket is free.
class CostSearch {
  public:
    CostSearch(CostSurface& surface, const CostOptions& options)
        : surface_(surface),
          options_(options),
          moves_(surface.grid_),
          count_(options.neighbours == Neighbours::eight ? near_steps : steps.size()),
          queue_(prepare()) {
        make_lengths();
        const auto stride = static_cast<std::ptrdiff_t>(surface.stride_);
        for (std::size_t k = 0; k < steps.size(); ++k)
            offsets_[k] = steps[k].rows * stride + steps[k].cols;
        for (std::size_t k = near_steps; k < steps.size(); ++k) {
            const Step step = steps[k];
            const Step diagonal{step.cols > 0 ? 1 : -1, step.rows > 0 ? 1 : -1};
            const bool steep = std::abs(step.rows) == 2;
            passed_[k] = {diagonal.rows * stride + diagonal.cols, steep ? diagonal.rows * stride : diagonal.cols};
        }
        level_ = minutes_per_metre(options.walking, 0);
        stretch_bits_ = std::max(0, static_cast<int>(std::bit_width(surface.nodes_.size())) - stretch_count_bits);
    }

    void run(std::span<const Origin> origins) {
        start(origins);
        if (surface_.has_elevation()) {
            count_ == near_steps ? drain<near_steps, true>() : drain<steps.size(), true>();
        } else {
            count_ == near_steps ? drain<near_steps, false>() : drain<steps.size(), false>();
        }
        report(passable_ - reported_);
    }

  private:
    using Node = CostSurface::Node;

    /// Clears old times, counts the cells that can be crossed, and returns the width of a bucket: a part of the mean
    /// time of a move. It matters to speed alone.
    double prepare() {
        double paces = 0;
        for (Node& node : surface_.nodes_) {
            node.time = std::numeric_limits<double>::infinity();
            node.origin = CostSurface::unreached;
            if (std::isnan(node.pace)) continue;
            paces += std::abs(node.pace);
            ++passable_;
        }
        const Grid& grid = surface_.grid_;
        const double metres = moves_.between(grid.height / 2, 1, 0);
        const double mean = passable_ == 0 ? 0 : paces / static_cast<double>(passable_) * metres;
        return mean > 0 ? mean * bucket_share : 1;
    }

    void make_lengths() {
        const int height = surface_.grid_.height;
        uniform_ = moves_.uniform();
        const int rows = uniform_ ? 1 : height;
        lengths_.assign(static_cast<std::size_t>(rows) * steps.size(), 0);
        for (int row = 0; row < rows; ++row) {
            for (std::size_t k = 0; k < steps.size(); ++k) {
                const int upper = uniform_ ? 0 : row + std::min(steps[k].rows, 0);
                const bool inside = upper >= 0 && (uniform_ || row + steps[k].rows < height);
                if (!inside) continue;
                lengths_[static_cast<std::size_t>(row) * steps.size() + k] =
                    moves_.between(upper, std::abs(steps[k].cols), std::abs(steps[k].rows));
            }
        }
    }

    void start(std::span<const Origin> origins) {
        if (options_.progress != nullptr) options_.progress->start_stage({"stage.travel_time"_msg, {}}, passable_);
        for (std::size_t i = 0; i < origins.size(); ++i) {
            const Origin origin = origins[i];
            if (!surface_.grid_.whole().contains(origin.col, origin.row)) bug("an origin lies on the grid");
            if (surface_.is_barrier(origin.col, origin.row)) bug("an origin can be left");
            const std::size_t at = surface_.index(origin.col, origin.row);
            Node& node = surface_.nodes_[at];
            if (node.time == 0) continue;
            queue_.push(static_cast<std::uint32_t>(at), 0, node.time);
            node.time = 0;
            node.origin = static_cast<std::int32_t>(i);
            ++reached_;
        }
    }

    template <std::size_t count, bool sloped>
    void drain() {
        std::vector<std::uint32_t> batch;
        const auto key_of = [this](std::uint32_t i) { return surface_.nodes_[i].time; };
        constexpr std::size_t ahead = 12;
        while (queue_.next(batch, key_of)) {
            order_by_memory(batch);
            for (std::size_t i = 0; i < batch.size(); ++i) {
                if (i + ahead < batch.size()) prefetch(batch[i + ahead]);
                if (queue_.bucket_of(key_of(batch[i])) == queue_.current()) leave<count, sloped>(batch[i]);
                if (i % report_every == report_every - 1) report(reached_ - reported_);
            }
            if (reached_ - reported_ >= report_every) report(reached_ - reported_);
        }
    }

    /// Brings cells of one stretch of rows together, in the order in which they came: a front that is longer than the
    /// cache would otherwise fetch the same lines again for each cell.
    void order_by_memory(std::vector<std::uint32_t>& batch) {
        if (batch.size() < fewest_ordered) return;
        std::array<std::uint32_t, stretches + 1> begin{};
        for (const std::uint32_t i : batch)
            ++begin[(i >> stretch_bits_) + 1];
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        ordered_.resize(batch.size());
        for (const std::uint32_t i : batch)
            ordered_[begin[i >> stretch_bits_]++] = i;
        std::swap(batch, ordered_);
    }

    void prefetch(std::uint32_t i) const {
        const Node* node = surface_.nodes_.data() + i;
        __builtin_prefetch(node - surface_.stride_ - 1, 1);
        __builtin_prefetch(node - surface_.stride_ + 1, 1);
        __builtin_prefetch(node - 1, 1);
        __builtin_prefetch(node + 1, 1);
        __builtin_prefetch(node + surface_.stride_ - 1, 1);
        __builtin_prefetch(node + surface_.stride_ + 1, 1);
    }

    void report(std::int64_t cells) {
        if (options_.progress != nullptr) options_.progress->advance(cells);
        reported_ += cells;
    }

    /// Tries all moves out of one cell.
    template <std::size_t count, bool sloped>
    void leave(std::uint32_t i) {
        const Node* const from = surface_.nodes_.data() + i;
        const double* const lengths =
            lengths_.data() +
            (uniform_ ? 0 : (i / surface_.stride_ - static_cast<std::size_t>(CostSurface::frame)) * steps.size());
        const double time = from->time;
        const std::int32_t origin = from->origin;
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t at = i + static_cast<std::size_t>(offsets_[k]);
            Node& to = surface_.nodes_[at];
            if constexpr (sloped) {
                if (!(time <= to.time)) continue;
            }
            const double arrival = time + (sloped ? sloped_minutes(i, k, lengths[k]) : minutes(from, k, lengths[k]));
            if (!(arrival <= to.time)) continue;
            arrive(to, static_cast<std::uint32_t>(at), arrival, origin);
        }
    }

    void arrive(Node& to, std::uint32_t at, double arrival, std::int32_t origin) {
        if (arrival == to.time) {
            if (origin >= to.origin) return;
            to.origin = origin;
            if (queue_.bucket_of(arrival) == queue_.current()) queue_.push(at, arrival, arrival);
            return;
        }
        if (to.origin == CostSurface::unreached) ++reached_;
        queue_.push(at, arrival, to.time);
        to.time = arrival;
        to.origin = origin;
    }

    /// The sums are commutative, so a move takes the same time both ways, to the last bit.
    [[nodiscard]] double minutes(const Node* from, std::size_t k, double metres) const {
        const double ends = pace(from) + pace(from + offsets_[k]);
        if (k < near_steps) return ends * (0.5 * metres);
        return (ends + (pace(from + passed_[k][0]) + pace(from + passed_[k][1]))) * (0.25 * metres);
    }

    [[nodiscard]] static double pace(const Node* node) { return std::abs(node->pace); }

    /// Minutes of one move with its slope: what is not a way is walked by the function.
    [[nodiscard]] double sloped_minutes(std::uint32_t i, std::size_t k, double metres) const {
        const Node* const from = surface_.nodes_.data() + i;
        double walked = 0;
        double driven = 0;
        bool walks = false;
        const auto add = [&](const Node* node) {
            const bool way = std::signbit(node->pace) && !std::isnan(node->pace);
            (way ? driven : walked) += pace(node);
            walks = walks || !way;
        };
        add(from);
        add(from + offsets_[k]);
        if (k >= near_steps) {
            add(from + passed_[k][0]);
            add(from + passed_[k][1]);
        }
        const double share = k < near_steps ? 0.5 * metres : 0.25 * metres;
        if (!walks) return driven * share;
        const double rise = static_cast<double>(surface_.elevation_[i + static_cast<std::size_t>(offsets_[k])]) -
                            surface_.elevation_[i];
        const double slope = (options_.direction == TravelDirection::from_origins ? rise : -rise) / metres;
        return (walked * (minutes_per_metre(options_.walking, slope) / level_) + driven) * share;
    }

    static constexpr double bucket_share = 0.5;
    static constexpr int stretch_count_bits = 13;
    static constexpr std::size_t stretches = std::size_t{1} << stretch_count_bits;  ///< of memory, at most
    static constexpr std::size_t fewest_ordered = stretches;
    static constexpr std::int64_t report_every = 1 << 14;

    CostSurface& surface_;
    const CostOptions& options_;
    MoveLengths moves_;
    std::size_t count_;
    std::int64_t passable_ = 0;
    std::int64_t reached_ = 0;
    std::int64_t reported_ = 0;
    BucketQueue queue_;
    int stretch_bits_ = 0;                ///< a cell's number, shifted by so many, is its stretch
    std::vector<std::uint32_t> ordered_;  ///< scratch
    bool uniform_ = true;
    std::vector<double> lengths_;  ///< by row (or once), by step
    std::array<std::ptrdiff_t, steps.size()> offsets_{};
    std::array<std::array<std::ptrdiff_t, 2>, steps.size()> passed_{};
    double level_ = 1;
};

void accumulate_cost(CostSurface& surface, std::span<const Origin> origins, const CostOptions& options) {
    CostSearch(surface, options).run(origins);
}

}  // namespace vereda::raster
