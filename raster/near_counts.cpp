#include "raster/near_counts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>

#include "raster/edge_length.hpp"
#include "raster/key_kernel.hpp"
#include "raster/layer_reader.hpp"
#include "raster/zone_outlines.hpp"

namespace vereda::raster {

namespace {

constexpr int tile_side = 256;
constexpr int last_event_value = 9999;  // greater values of the event raster are no years
constexpr int last_kind = 255;
constexpr int no_event = 0;

std::vector<KeyLayer> key_layers(const NearRequest& request) {
    std::vector<KeyLayer> layers{
        {"loss year", request.event_year, Classing::whole_numbers(0, last_event_value).with_missing()}};
    if (request.stratum) layers.push_back(*request.stratum);
    if (request.kind) {
        layers.push_back(*request.kind);
        layers.back().classing = Classing::whole_numbers(0, last_kind).with_missing();
    }
    return layers;
}

detail::ZonalPlan plan_of(std::span<const KeyLayer> layers) {
    std::vector<Layer> sources;
    for (const KeyLayer& layer : layers)
        sources.push_back({layer.name, layer.source});
    detail::ZonalPlan plan = detail::plan_layers(sources);
    for (const KeyLayer& layer : layers)
        plan.keys.push_back(layer.classing);
    return plan;
}

/// What the rasters say of one cell.
struct CellState {
    std::int16_t year = no_event;  ///< of the event
    std::uint8_t stratum = 0;      ///< 0: does not count
    bool marked = false;
    std::int16_t kind = -1;
};

using GroundKey = std::tuple<std::size_t, int, int, int>;           // zone, year, band, stratum
using EventKey = std::tuple<std::size_t, int, int, int, int, int>;  // zone, year, band, marked year, stratum, kind

struct TileCounts {
    std::vector<NearGround> ground;
    std::map<EventKey, double> events;
};

/// Half-widths in cells of the discs around one cell: by band, then by rows away.
class Discs {
  public:
    Discs(const EdgeLength& lengths, const Window& tile, const std::vector<geo::Metres>& edges) {
        const int middle = tile.row + tile.height / 2;
        const double east = lengths.along_row(middle, 1).value();
        const int below = std::min(middle + 1, tile.row_end());
        const double south = lengths.along_column(below - 1, below).value();
        for (const geo::Metres edge : edges) {
            std::vector<int>& widths = widths_.emplace_back();
            const double reach = edge.value();
            for (int rows = 0; rows * south <= reach; ++rows)
                widths.push_back(static_cast<int>(
                    std::floor(std::sqrt(reach * reach - rows * south * rows * south) / east * (1 + 1e-12))));
        }
    }
    [[nodiscard]] int rows() const { return widths_.empty() ? 0 : static_cast<int>(widths_.back().size()) - 1; }
    [[nodiscard]] int columns() const { return widths_.empty() ? 0 : widths_.back().front(); }
    [[nodiscard]] const std::vector<int>& widths(std::size_t band) const { return widths_[band]; }

  private:
    std::vector<std::vector<int>> widths_;
};

/// What all threads share.
struct NearWork {
    const NearRequest* request;
    detail::ZonalPlan plan;
    detail::KeyCodes codes;
    std::vector<Outline> outlines;
    EdgeLength lengths;
    BlockLayout tiles;
    std::vector<std::vector<std::uint32_t>> zones;  ///< by tile
};

/// One thread's handles and scratch memory.
class NearWorker {
  public:
    explicit NearWorker(const NearWork& work) : work_(&work), areas_(work.plan.grid) {
        for (std::size_t l = 0; l < work.plan.layers.size(); ++l) {
            readers_.emplace_back(work.plan.layers[l]);
            coders_.emplace_back(work.plan.layers[l].source->scaling(), work.plan.keys[l], work.codes.stride(l));
        }
    }

    [[nodiscard]] TileCounts process(std::size_t tile) {
        TileCounts counts;
        tile_ = work_->tiles.window(static_cast<std::int64_t>(tile));
        if (work_->zones[tile].empty()) return counts;
        const Discs discs(work_->lengths, tile_, request().edges);
        find_runs(discs);
        find_shares();
        if (runs_.empty() && shares_.empty()) return counts;
        sweep(tile);
        read_cells();
        const TileAreas areas(areas_, tile_);
        for (const auto& [zone, spans] : spans_)
            count_marked(zone, spans, areas, counts);
        for (int year = request().first_year; year <= request().last_year; ++year) {
            if (!paint(discs, year)) continue;
            for (const auto& [zone, spans] : spans_)
                count_near(zone, spans, areas, year, static_cast<std::int64_t>(tile), counts);
        }
        return counts;
    }

  private:
    using TileAreas = detail::TileAreas;

    [[nodiscard]] const NearRequest& request() const { return *work_->request; }
    [[nodiscard]] std::size_t at(int col, int row) const {
        return static_cast<std::size_t>(row - tile_.row) * static_cast<std::size_t>(tile_.width) +
               static_cast<std::size_t>(col - tile_.col);
    }

    void find_runs(const Discs& discs) {
        runs_.clear();
        const auto& all = request().runs;
        const auto first = std::ranges::lower_bound(all, tile_.row - discs.rows(), {}, &MarkedRun::row);
        const auto last = std::ranges::lower_bound(all, tile_.row_end() + discs.rows(), {}, &MarkedRun::row);
        for (auto run = first; run != last; ++run)
            if (run->col_end + discs.columns() > tile_.col && run->col_begin - discs.columns() < tile_.col_end())
                runs_.push_back(*run);
    }

    void find_shares() {
        shares_.clear();
        const std::int64_t width = work_->plan.grid.width;
        for (int row = tile_.row; row < tile_.row_end(); ++row) {
            const auto& all = request().shares;
            const auto first = std::ranges::lower_bound(all, row * width + tile_.col, {}, &MarkedShare::cell);
            for (auto share = first; share != all.end() && share->cell < row * width + tile_.col_end(); ++share)
                shares_.push_back(*share);
        }
    }

    void sweep(std::size_t tile) {
        spans_.clear();
        for (const std::uint32_t zone : work_->zones[tile]) {
            swept_.clear();
            coverage_.spans(work_->outlines[zone], tile_, swept_);
            const std::span<const Span> spans = swept_.all();
            if (!spans.empty()) spans_.emplace_back(zone, std::vector<Span>(spans.begin(), spans.end()));
        }
    }

    void read_cells() {
        cells_.assign(static_cast<std::size_t>(tile_.cells()), {});
        if (spans_.empty()) return;
        std::vector<detail::LayerTile> tiles;
        for (detail::LayerReader& reader : readers_)
            tiles.push_back(reader.read(tile_, tile_));
        std::vector<std::uint32_t> codes(static_cast<std::size_t>(tile_.width));
        for (int row = tile_.row; row < tile_.row_end(); ++row) {
            std::ranges::fill(codes, 0U);
            for (std::size_t l = 0; l < coders_.size(); ++l)
                coders_[l].add(tiles[l], row, tile_.col, codes);
            CellState* cells = cells_.data() + at(tile_.col, row);
            for (std::size_t c = 0; c < codes.size(); ++c)
                cells[c] = c > 0 && codes[c] == codes[c - 1] ? cells[c - 1] : state_of(codes[c]);
        }
        const std::int64_t width = work_->plan.grid.width;
        for (const MarkedShare& share : shares_)
            cells_[at(static_cast<int>(share.cell % width), static_cast<int>(share.cell / width))].marked = true;
    }

    [[nodiscard]] CellState state_of(std::uint32_t code) const {
        CellState state;
        if (code == detail::LayerCoder::left_out) return state;
        const auto key = [&](std::size_t layer) {
            return work_->plan.keys[layer].key(work_->codes.class_of(code, layer));
        };
        const int value = key(0).value_or(0);
        if (value > 0) state.year = static_cast<std::int16_t>(request().base_year + value);
        state.stratum = request().stratum ? static_cast<std::uint8_t>(key(1).value_or(0)) : 1;
        if (request().kind) state.kind = static_cast<std::int16_t>(key(coders_.size() - 1).value_or(-1));
        return state;
    }

    void count_marked(std::uint32_t zone, const std::vector<Span>& spans, const TileAreas& areas, TileCounts& counts) {
        const std::int64_t width = work_->plan.grid.width;
        for (const Span& span : spans) {
            const auto first =
                std::ranges::lower_bound(shares_, span.row * width + span.col_begin, {}, &MarkedShare::cell);
            for (auto share = first; share != shares_.end() && share->cell < span.row * width + span.col_end; ++share) {
                const int col = static_cast<int>(share->cell % width);
                const CellState& cell = cells_[at(col, span.row)];
                if (cell.stratum == 0 || cell.year == no_event) continue;
                const double hectares = areas.under({span.row, col, col + 1, span.fraction}) / 10'000;
                counts.events[{zone, cell.year, -1, share->year, cell.stratum, cell.kind}] += hectares * share->share;
            }
        }
    }

    /// Fills bands_ for the year; false where nothing was marked in its window.
    bool paint(const Discs& discs, int year) {
        near_.clear();
        for (const MarkedRun& run : runs_)
            if (run.year >= year - request().before && run.year <= year + request().after) near_.push_back(run);
        if (near_.empty() || request().edges.empty()) return false;
        const auto bands = request().edges.size();
        bands_.assign(static_cast<std::size_t>(tile_.cells()), static_cast<std::uint8_t>(bands));
        for (std::size_t band = bands; band-- > 0;) {
            const std::vector<int>& widths = discs.widths(band);
            const int rows = static_cast<int>(widths.size()) - 1;
            for (const MarkedRun& run : near_) {
                const int last = std::min(tile_.row_end() - 1, run.row + rows);
                for (int row = std::max(tile_.row, run.row - rows); row <= last; ++row) {
                    const int reach = widths[static_cast<std::size_t>(std::abs(row - run.row))];
                    const int begin = std::max(tile_.col, run.col_begin - reach);
                    const int end = std::min(tile_.col_end(), run.col_end + reach);
                    if (begin < end)
                        std::memset(bands_.data() + at(begin, row), static_cast<int>(band),
                                    static_cast<std::size_t>(end - begin));
                }
            }
        }
        return true;
    }

    void count_near(std::uint32_t zone, const std::vector<Span>& spans, const TileAreas& areas, int year,
                    std::int64_t tile, TileCounts& counts) {
        const auto bands = request().edges.size();
        std::array<std::array<double, 2>, 256> sums{};  // by band and stratum: 16 of each at most
        for (const Span& span : spans) {
            const std::size_t first = at(span.col_begin, span.row);
            const double* each = areas.same_along_rows() ? nullptr : areas.from(span.row, span.col_begin);
            const double same = areas.same_along_rows() ? areas.of_row(span.row) : 0;
            for (std::size_t i = 0; i < static_cast<std::size_t>(span.col_end - span.col_begin); ++i) {
                const std::size_t band = bands_[first + i];
                if (band >= bands) continue;
                const CellState& cell = cells_[first + i];
                if (cell.stratum == 0 || cell.marked || (cell.year != no_event && cell.year < year)) continue;
                const double hectares = span.fraction * (each != nullptr ? each[i] : same) / 10'000;
                std::array<double, 2>& sum = sums[band * 16 + cell.stratum];
                sum[0] += hectares;
                if (cell.year != year) continue;
                sum[1] += hectares;
                counts.events[{zone, year, static_cast<int>(band), 0, cell.stratum, cell.kind}] += hectares;
            }
        }
        for (std::size_t i = 0; i < sums.size(); ++i)
            if (sums[i][0] > 0)
                counts.ground.push_back(
                    {zone, tile, year, static_cast<int>(i / 16), static_cast<int>(i % 16), sums[i][0], sums[i][1]});
    }

    const NearWork* work_;
    CellArea areas_;
    CoverageSweep coverage_;
    std::vector<detail::LayerReader> readers_;
    std::vector<detail::LayerCoder> coders_;
    Window tile_;
    std::vector<MarkedRun> runs_;
    std::vector<MarkedRun> near_;
    std::vector<MarkedShare> shares_;
    SpanList swept_;
    std::vector<std::pair<std::uint32_t, std::vector<Span>>> spans_;
    std::vector<CellState> cells_;
    std::vector<std::uint8_t> bands_;
};

class NearWorkers {
  public:
    explicit NearWorkers(const NearWork& work) : work_(&work) {}
    [[nodiscard]] TileCounts process(std::size_t tile) {
        std::unique_ptr<NearWorker> worker = take();
        TileCounts counts = worker->process(tile);
        const std::scoped_lock lock(mutex_);
        resting_.push_back(std::move(worker));
        return counts;
    }

  private:
    [[nodiscard]] std::unique_ptr<NearWorker> take() {
        const std::scoped_lock lock(mutex_);
        if (resting_.empty()) return std::make_unique<NearWorker>(*work_);
        std::unique_ptr<NearWorker> worker = std::move(resting_.back());
        resting_.pop_back();
        return worker;
    }
    const NearWork* work_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<NearWorker>> resting_;
};

/// The zones that may touch each tile.
std::vector<std::vector<std::uint32_t>> zones_by_tile(const BlockLayout& tiles, std::span<const Outline> outlines) {
    std::vector<std::vector<std::uint32_t>> zones(static_cast<std::size_t>(tiles.count()));
    for (std::uint32_t z = 0; z < outlines.size(); ++z) {
        const Window& bounds = outlines[z].bounds();
        if (bounds.empty()) continue;
        for (int down = bounds.row / tile_side; down <= (bounds.row_end() - 1) / tile_side; ++down)
            for (int across = bounds.col / tile_side; across <= (bounds.col_end() - 1) / tile_side; ++across)
                zones[static_cast<std::size_t>(std::int64_t{down} * tiles.across() + across)].push_back(z);
    }
    return zones;
}

}  // namespace

Grid near_grid(const NearRequest& request) {
    return plan_of(key_layers(request)).grid;
}

NearCounts near_counts(const NearRequest& request, std::span<const Zone> zones, const geo::Crs& zones_crs,
                       const ZonalOptions& options) {
    detail::ZonalPlan plan = plan_of(key_layers(request));
    const BlockLayout tiles(plan.grid.width, plan.grid.height, {tile_side, tile_side});
    std::vector<Outline> outlines = detail::zone_outlines(zones, zones_crs, plan.grid, options);
    std::vector<std::vector<std::uint32_t>> by_tile = zones_by_tile(tiles, outlines);
    const detail::KeyCodes codes(plan.keys);
    EdgeLength lengths(plan.grid);
    const NearWork work{&request, std::move(plan),   codes, std::move(outlines), std::move(lengths),
                        tiles,    std::move(by_tile)};
    NearWorkers workers(work);
    NearCounts result;
    result.cell_hectares =
        CellArea(work.plan.grid).cell_area(work.plan.grid.width / 2, work.plan.grid.height / 2) / 10'000;
    std::map<EventKey, double> events;
    geo::parallel_ordered<TileCounts>(
        static_cast<std::size_t>(tiles.count()), options.parallelism,
        [&](std::size_t tile) { return workers.process(tile); },
        [&](std::size_t, TileCounts&& counts) {
            const auto key = [](const NearGround& g) { return GroundKey{g.zone, g.year, g.band, g.stratum}; };
            std::ranges::sort(counts.ground, {}, key);
            std::ranges::move(counts.ground, std::back_inserter(result.ground));
            for (const auto& [key_of, hectares] : counts.events)
                events[key_of] += hectares;
        });
    for (const auto& [key, hectares] : events) {
        const auto& [zone, year, band, marked_year, stratum, kind] = key;
        result.events.push_back(
            {zone, year, band, marked_year, stratum, kind < 0 ? std::nullopt : std::optional(kind), hectares});
    }
    return result;
}

}  // namespace vereda::raster
