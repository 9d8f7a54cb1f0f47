#include "raster/zonal_run.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "geo/error.hpp"
#include "raster/key_kernel.hpp"
#include "raster/layer_reader.hpp"
#include "raster/zonal_memory.hpp"
#include "raster/zone_outlines.hpp"

namespace vereda::raster::detail {

using geo::operator""_msg;

namespace {

constexpr int tile_side = 512;
constexpr int band_rows = 64;
constexpr int most_tile_rows_per_item = 8;

/// What one zone gathered in one tile.
struct TileShare {
    std::int64_t tile = 0;
    std::uint32_t zone = 0;
    double covered = 0;  ///< cells; counted only for zones that reach beyond the grid
    double area = 0;     ///< square metres
};

/// The shares of one item, ordered by tile, then zone.
struct ItemShares {
    std::vector<TileShare> shares;
    std::vector<LayerState> layers;  ///< share by share
    std::vector<PairTable> pairs;    ///< share by share
    std::vector<ValueTable> keys;    ///< by share; empty where the plan has none
};

/// Tiles of the common grid, the zones that may touch each, and the items of work: groups of tiles that share file
/// blocks.
class TileWork {
  public:
    TileWork(const ZonalPlan& plan, const std::vector<Outline>& outlines)
        : tiles_(plan.grid.width, plan.grid.height, {tile_side, tile_side}) {
        group(plan);
        assign(outlines);
        for (int down = 0; down < tiles_.down(); down += rows_per_item_) {
            for (int across = 0; across < tiles_.across(); across += cols_per_item_) {
                if (has_zones(down, across)) items_.push_back({down, across});
            }
        }
    }

    struct Item {
        int down = 0;
        int across = 0;
    };
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    /// What reading an item takes.
    [[nodiscard]] const ReadShape& read_shape() const { return read_shape_; }
    [[nodiscard]] bool one_tile_row_per_item() const { return rows_per_item_ == 1; }
    [[nodiscard]] Window window(const Item& item) const {
        const Window first = tiles_.window(item.across, item.down);
        const Window last = tiles_.window(std::min(item.across + cols_per_item_, tiles_.across()) - 1,
                                          std::min(item.down + rows_per_item_, tiles_.down()) - 1);
        return {first.col, first.row, last.col_end() - first.col, last.row_end() - first.row};
    }
    [[nodiscard]] Window tile_window(std::int64_t tile) const { return tiles_.window(tile); }
    [[nodiscard]] std::span<const std::uint32_t> zones(std::int64_t tile) const {
        const auto t = static_cast<std::size_t>(tile);
        return std::span(zones_).subspan(begin_[t], begin_[t + 1] - begin_[t]);
    }
    template <class Visit>
    void each_tile(const Item& item, Visit&& visit) const {
        for (int down = item.down; down < std::min(item.down + rows_per_item_, tiles_.down()); ++down) {
            for (int across = item.across; across < std::min(item.across + cols_per_item_, tiles_.across()); ++across)
                visit(std::int64_t{down} * tiles_.across() + across);
        }
    }

  private:
    void group(const ZonalPlan& plan) {
        std::int64_t bytes = 1;
        for (const LayerPlan& layer : plan.layers) {
            bytes += static_cast<std::int64_t>(cell_size(layer.source->cell_type())) + 1;
            const BlockShape shape = layer.source->block_shape();
            const std::int64_t width = std::int64_t{shape.width} * layer.nesting.factor_x;
            const std::int64_t height = std::int64_t{shape.height} * layer.nesting.factor_y;
            cols_per_item_ = static_cast<int>(std::max<std::int64_t>(
                cols_per_item_, std::min<std::int64_t>((width + tile_side - 1) / tile_side, tiles_.across())));
            rows_per_item_ = static_cast<int>(std::max<std::int64_t>(
                rows_per_item_, std::min<std::int64_t>((height + tile_side - 1) / tile_side, most_tile_rows_per_item)));
        }
        const std::int64_t row_bytes = bytes * std::min(cols_per_item_ * tile_side, plan.grid.width);
        read_shape_ = {row_bytes, band_rows, rows_per_item_ * tile_side};
    }

    template <class Visit>
    void each_tile_of(const Window& bounds, Visit&& visit) const {
        if (bounds.empty()) return;
        for (int down = bounds.row / tile_side; down <= (bounds.row_end() - 1) / tile_side; ++down) {
            for (int across = bounds.col / tile_side; across <= (bounds.col_end() - 1) / tile_side; ++across)
                visit(static_cast<std::size_t>(std::int64_t{down} * tiles_.across() + across));
        }
    }

    void assign(const std::vector<Outline>& outlines) {
        begin_.assign(static_cast<std::size_t>(tiles_.count()) + 1, 0);
        for (const Outline& outline : outlines)
            each_tile_of(outline.bounds(), [&](std::size_t tile) { ++begin_[tile + 1]; });
        for (std::size_t t = 0; t + 1 < begin_.size(); ++t)
            begin_[t + 1] += begin_[t];
        zones_.resize(begin_.back());
        std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
        for (std::uint32_t z = 0; z < outlines.size(); ++z)
            each_tile_of(outlines[z].bounds(), [&](std::size_t tile) { zones_[next[tile]++] = z; });
    }

    [[nodiscard]] bool has_zones(int down, int across) const {
        bool any = false;
        each_tile({down, across}, [&](std::int64_t tile) { any = any || !zones(tile).empty(); });
        return any;
    }

    BlockLayout tiles_;
    int cols_per_item_ = 1;
    int rows_per_item_ = 1;
    ReadShape read_shape_;
    std::vector<std::size_t> begin_;
    std::vector<std::uint32_t> zones_;
    std::vector<Item> items_;
};

/// Everything one thread needs: handles, kernels and scratch memory, kept from item to item.
class Worker {
  public:
    Worker(const ZonalPlan& plan, const TileWork& work, const std::vector<Outline>& outlines, int chunk_rows,
           const geo::Progress* progress)
        : plan_(&plan),
          work_(&work),
          outlines_(&outlines),
          chunk_rows_(chunk_rows),
          progress_(progress),
          areas_(plan.grid) {
        for (const LayerPlan& layer : plan.layers) {
            readers_.emplace_back(layer);
            kernels_.push_back(make_layer_kernel(layer.source->cell_type(), layer.needs));
        }
        tiles_.resize(plan.layers.size());
        if (plan.keys.empty()) return;
        const KeyCodes codes(plan.keys);
        std::vector<LayerCoder> coders;
        for (std::size_t l = 0; l < plan.layers.size(); ++l)
            coders.emplace_back(plan.layers[l].source->scaling(), plan.keys[l], codes.stride(l));
        keys_.emplace(std::move(coders), codes.combinations());
    }

    [[nodiscard]] ItemShares process(const TileWork::Item& item) {
        ItemShares result;
        sweep(item, result);
        if (result.shares.empty()) return result;
        result.layers.resize(result.shares.size() * plan_->layers.size());
        result.pairs.resize(result.shares.size() * plan_->pairs.size());
        if (keys_) result.keys.resize(result.shares.size());
        const Window window = work_->window(item);
        for (int row = window.row; row < window.row_end(); row += chunk_rows_) {
            const Window chunk{window.col, row, window.width, std::min(chunk_rows_, window.row_end() - row)};
            const Window wanted = wanted_of(chunk);
            if (wanted.empty()) continue;
            for (std::size_t l = 0; l < readers_.size(); ++l)
                tiles_[l] = readers_[l].read(wanted, chunk);
            for (std::size_t s = 0; s < result.shares.size(); ++s) {
                look_up(s);
                accumulate(s, chunk, result);
            }
        }
        return result;
    }

    [[nodiscard]] std::int64_t infinite(std::size_t layer) const { return readers_[layer].infinite(); }
    [[nodiscard]] std::int64_t almost_nodata(std::size_t layer) const { return readers_[layer].almost_nodata(); }

  private:
    struct SpanRange {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::size_t next = 0;  ///< first span not yet accumulated
    };

    /// Throws where the run is to stop: an item may hold any number of zones.
    void look_up(std::size_t share) const {
        constexpr std::size_t shares_between_looks = 256;
        if (progress_ != nullptr && share % shares_between_looks == 0) progress_->check();
    }

    void sweep(const TileWork::Item& item, ItemShares& result) {
        spans_.clear();
        ranges_.clear();
        work_->each_tile(item, [&](std::int64_t tile) {
            const Window window = work_->tile_window(tile);
            for (const std::uint32_t zone : work_->zones(tile)) {
                look_up(result.shares.size());
                const std::size_t begin = spans_.size();
                coverage_.spans((*outlines_)[zone], window, spans_);
                if (spans_.size() == begin) continue;
                ranges_.push_back({begin, spans_.size(), begin});
                result.shares.push_back({tile, zone, 0, 0});
            }
        });
    }

    /// The box around all spans in the chunk's rows.
    [[nodiscard]] Window wanted_of(const Window& chunk) const {
        int col = chunk.col_end();
        int row = chunk.row_end();
        int col_end = chunk.col;
        int row_end = chunk.row;
        for (const SpanRange& range : ranges_) {
            for (const Span& span : spans_.all().subspan(range.next, range.end - range.next)) {
                if (span.row >= chunk.row_end()) break;
                col = std::min(col, span.col_begin);
                col_end = std::max(col_end, span.col_end);
                row = std::min(row, span.row);
                row_end = std::max(row_end, span.row + 1);
            }
            const Window box{col, row, col_end - col, row_end - row};
            if (box == chunk) return chunk;
        }
        if (col >= col_end || row >= row_end) return {};
        return {col, row, col_end - col, row_end - row};
    }

    void accumulate(std::size_t s, const Window& chunk, ItemShares& result) {
        SpanRange& range = ranges_[s];
        const TileAreas areas(areas_, work_->tile_window(result.shares[s].tile));
        const std::span<const Span> spans = spans_.all();
        while (range.next < range.end && spans[range.next].row < chunk.row_end()) {
            const std::size_t begin = range.next;
            const int band_end = (spans[begin].row / band_rows + 1) * band_rows;
            while (range.next < range.end && spans[range.next].row < band_end)
                ++range.next;
            accumulate_band(spans.subspan(begin, range.next - begin), areas, s, result);
        }
    }

    void accumulate_band(std::span<const Span> spans, const TileAreas& areas, std::size_t s, ItemShares& result) {
        TileShare& share = result.shares[s];
        if (!(*outlines_)[share.zone].within_grid()) {
            double covered = 0;
            for (const Span& span : spans)
                covered += span.fraction * (span.col_end - span.col_begin);
            share.covered += covered;
        }
        if (plan_->zone_area) {
            double area = 0;
            for (const Span& span : spans)
                area += areas.under(span);
            share.area += area;
        }
        LayerState* states = result.layers.data() + s * plan_->layers.size();
        for (std::size_t l = 0; l < plan_->layers.size(); ++l) {
            kernels_[l]->accumulate(spans, tiles_[l], &areas, states[l]);
            if (plan_->layers[l].needs.weighted) {
                weighted_.accumulate(spans, tiles_[l], plan_->layers[l].source->scaling(), tiles_[plan_->weights],
                                     plan_->layers[plan_->weights].source->scaling(), states[l]);
            }
        }
        for (std::size_t p = 0; p < plan_->pairs.size(); ++p) {
            pairs_.accumulate(spans, tiles_[plan_->pairs[p].a], tiles_[plan_->pairs[p].b], areas,
                              result.pairs[s * plan_->pairs.size() + p]);
        }
        if (keys_) keys_->accumulate(spans, tiles_, areas, result.keys[s]);
    }

    const ZonalPlan* plan_;
    const TileWork* work_;
    const std::vector<Outline>* outlines_;
    int chunk_rows_;
    const geo::Progress* progress_;
    CellArea areas_;
    CoverageSweep coverage_;
    std::vector<LayerReader> readers_;
    std::vector<std::unique_ptr<LayerKernel>> kernels_;
    PairKernel pairs_;
    WeightedKernel weighted_;
    std::optional<KeyKernel> keys_;
    std::vector<LayerTile> tiles_;
    SpanList spans_;
    std::vector<SpanRange> ranges_;
};

/// Workers in use and at rest; at most one per thread comes to exist.
class WorkerPool {
  public:
    WorkerPool(const ZonalPlan& plan, const TileWork& work, const std::vector<Outline>& outlines, int chunk_rows,
               const geo::Progress* progress)
        : plan_(&plan), work_(&work), outlines_(&outlines), chunk_rows_(chunk_rows), progress_(progress) {}

    [[nodiscard]] ItemShares process(const TileWork::Item& item) {
        std::unique_ptr<Worker> worker = take();
        ItemShares result = worker->process(item);
        const std::scoped_lock lock(mutex_);
        resting_.push_back(std::move(worker));
        return result;
    }
    [[nodiscard]] const std::vector<std::unique_ptr<Worker>>& resting() const { return resting_; }

  private:
    [[nodiscard]] std::unique_ptr<Worker> take() {
        const std::scoped_lock lock(mutex_);
        if (resting_.empty()) return std::make_unique<Worker>(*plan_, *work_, *outlines_, chunk_rows_, progress_);
        std::unique_ptr<Worker> worker = std::move(resting_.back());
        resting_.pop_back();
        return worker;
    }
    const ZonalPlan* plan_;
    const TileWork* work_;
    const std::vector<Outline>* outlines_;
    int chunk_rows_;
    const geo::Progress* progress_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Worker>> resting_;
};

/// Folds tiles into zones, tiles ascending. Items that span several rows of tiles wait until their row of items is
/// complete.
class Fold {
  public:
    Fold(ZoneStates& states, const TileWork& work, std::int64_t table_limit, const ZonalOptions& options)
        : states_(&states),
          work_(&work),
          table_limit_(table_limit),
          options_(&options),
          covered_(states.area.size(), 0) {}

    void add(std::size_t item, ItemShares&& shares) {
        if (work_->one_tile_row_per_item()) {
            for (std::size_t s = 0; s < shares.shares.size(); ++s)
                fold(shares, s);
            return;
        }
        const int down = work_->items()[item].down;
        if (!waiting_.empty() && down != waiting_down_) flush();
        waiting_down_ = down;
        waiting_.push_back(std::move(shares));
    }

    void flush() {
        std::vector<std::pair<ItemShares*, std::size_t>> order;
        for (ItemShares& shares : waiting_) {
            for (std::size_t s = 0; s < shares.shares.size(); ++s)
                order.emplace_back(&shares, s);
        }
        std::ranges::stable_sort(order, {}, [](const auto& place) { return place.first->shares[place.second].tile; });
        for (const auto& [shares, s] : order)
            fold(*shares, s);
        waiting_.clear();
    }

    [[nodiscard]] const std::vector<double>& covered() const { return covered_; }

  private:
    void fold(ItemShares& shares, std::size_t s) {
        const TileShare& share = shares.shares[s];
        const std::size_t zone = share.zone;
        covered_[zone] += share.covered;
        states_->area[zone] += share.area;
        for (std::size_t l = 0; l < states_->layers; ++l) {
            LayerState& state = states_->layer_states[zone * states_->layers + l];
            const std::size_t before = state.table.bytes();
            state.merge(std::move(shares.layers[s * states_->layers + l]));
            tables_grew(state.table.bytes() - before);
        }
        for (std::size_t p = 0; p < states_->pairs; ++p) {
            PairTable& table = states_->pair_tables[zone * states_->pairs + p];
            const std::size_t before = table.bytes();
            table.merge(shares.pairs[s * states_->pairs + p]);
            tables_grew(table.bytes() - before);
        }
        if (shares.keys.empty()) return;
        ValueTable& keys = states_->key_tables[zone];
        const std::size_t before = keys.bytes();
        keys.merge(std::move(shares.keys[s]));
        tables_grew(keys.bytes() - before);
    }

    void tables_grew(std::size_t bytes) {
        table_bytes_ += static_cast<std::int64_t>(bytes);
        if (table_bytes_ <= table_limit_) return;
        constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
        throw geo::Error(geo::ErrorKind::resource,
                         {"zonal.tables_too_large"_msg, {{"memory", std::to_string(options_->memory / mebibyte)}}},
                         options_->zones_locus);
    }

    ZoneStates* states_;
    const TileWork* work_;
    std::int64_t table_limit_;
    std::int64_t table_bytes_ = 0;
    const ZonalOptions* options_;
    std::vector<double> covered_;
    int waiting_down_ = 0;
    std::vector<ItemShares> waiting_;
};

void report_odd_cells(const ZonalPlan& plan, const WorkerPool& pool, const ZonalOptions& options) {
    if (options.diagnostics == nullptr) return;
    for (std::size_t l = 0; l < plan.layers.size(); ++l) {
        bool infinite = false;
        bool almost = false;
        for (const auto& worker : pool.resting()) {
            infinite = infinite || worker->infinite(l) > 0;
            almost = almost || worker->almost_nodata(l) > 0;
        }
        const geo::Locus& locus = plan.layers[l].source->locus();
        if (infinite) options.diagnostics->add({geo::Severity::warning, {"raster.infinite"_msg, {}}, locus, {}});
        if (almost) options.diagnostics->add({geo::Severity::warning, {"raster.almost_nodata"_msg, {}}, locus, {}});
    }
}

}  // namespace

ZoneStates run_zonal(const ZonalPlan& plan, std::span<const Zone> zones, const geo::Crs& zones_crs,
                     const ZonalOptions& options) {
    const std::vector<Outline> outlines = zone_outlines(zones, zones_crs, plan.grid, options);
    const TileWork work(plan, outlines);
    const MemoryShares memory = share_memory(plan, zone_bytes(plan, zones, outlines), work.read_shape(), options);
    ZoneStates states;
    states.layers = plan.layers.size();
    states.pairs = plan.pairs.size();
    states.layer_states.resize(zones.size() * states.layers);
    states.pair_tables.resize(zones.size() * states.pairs);
    if (!plan.keys.empty()) states.key_tables.resize(zones.size());
    states.area.assign(zones.size(), 0.0);
    WorkerPool pool(plan, work, outlines, memory.rows, options.progress);
    Fold fold(states, work, memory.tables, options);
    if (options.progress != nullptr)
        options.progress->start_stage({"zonal.stage"_msg, {}}, static_cast<std::int64_t>(work.items().size()));
    geo::parallel_ordered<ItemShares>(
        work.items().size(), {memory.threads}, [&](std::size_t i) { return pool.process(work.items()[i]); },
        [&](std::size_t i, ItemShares&& shares) { fold.add(i, std::move(shares)); }, options.progress);
    fold.flush();
    report_odd_cells(plan, pool, options);
    states.covered_share.resize(zones.size());
    for (std::size_t z = 0; z < zones.size(); ++z) {
        const double cells = outlines[z].cells();
        const bool inside = !outlines[z].bounds().empty() && outlines[z].within_grid();
        states.covered_share[z] = inside ? 1.0 : cells > 0 ? std::min(1.0, fold.covered()[z] / cells) : 0.0;
    }
    return states;
}

}  // namespace vereda::raster::detail
