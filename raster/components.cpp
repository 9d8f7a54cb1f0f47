#include "raster/components.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "geo/error.hpp"
#include "raster/open_components.hpp"
#include "raster/run_strip.hpp"
#include "raster/thread_count.hpp"

namespace vereda::raster {

using geo::operator""_msg;

namespace {

/// Readers are costly to make and good for one thread: whoever needs one takes one and puts it back.
class ReaderPool {
  public:
    ReaderPool(const detail::StripOptions& options, const ClassSet& classes, const detail::StripLayout& layout)
        : options_(options), classes_(&classes), layout_(&layout) {}

    [[nodiscard]] detail::RunStrip read(std::size_t index) {
        std::unique_ptr<detail::StripReader> reader;
        detail::RunStrip strip;
        {
            const std::scoped_lock lock(mutex_);
            take(idle_, reader);
            if (!take(spare_, strip)) strip.reserve(static_cast<std::size_t>(layout_->strip_cells()) / usual_run);
        }
        if (reader == nullptr) reader = std::make_unique<detail::StripReader>(options_, *classes_, *layout_);
        reader->read(index, strip);
        const std::scoped_lock lock(mutex_);
        idle_.push_back(std::move(reader));
        return strip;
    }
    /// A strip whose memory may be used again.
    void put_back(detail::RunStrip&& strip) {
        const std::scoped_lock lock(mutex_);
        spare_.push_back(std::move(strip));
    }

  private:
    static constexpr std::size_t usual_run = 16;  ///< cells; room never written to costs nothing

    template <class T>
    static bool take(std::vector<T>& from, T& to) {
        if (from.empty()) return false;
        to = std::move(from.back());
        from.pop_back();
        return true;
    }

    detail::StripOptions options_;
    const ClassSet* classes_;
    const detail::StripLayout* layout_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<detail::StripReader>> idle_;
    std::vector<detail::RunStrip> spare_;
};

detail::StripOptions strip_options(const RasterSource& classes, const ComponentOptions& options) {
    detail::StripOptions result{.classes = &classes, .areas = options.areas};
    if (options.probability == nullptr) return result;
    const auto nest = nesting(classes.grid(), options.probability->grid());
    if (!nest || nest->factor_x != 1 || nest->factor_y != 1) {
        throw geo::Error(geo::ErrorKind::input,
                         {"components.probability_grid"_msg, {{"classes", classes.locus().file}}},
                         options.probability->locus());
    }
    result.probability = options.probability;
    result.probability_col = static_cast<int>(nest->col_offset);
    result.probability_row = static_cast<int>(nest->row_offset);
    return result;
}

/// Strips read and not yet labelled. They are as long as the raster is wide, so that a wider one gets fewer of them,
/// those that readers are putting together counted in; one more than there are threads keeps all of these busy.
std::size_t strips_in_flight(const detail::StripLayout& layout, geo::Parallelism parallelism) {
    constexpr std::int64_t comfortable_strip = std::int64_t{10} << 20;  // cells
    const std::int64_t threads = detail::wanted_threads(parallelism);
    const std::int64_t strips = (2 * threads + 1) * comfortable_strip / layout.strip_cells();
    return static_cast<std::size_t>(std::clamp(strips - threads, threads + 1, 5 * threads));
}

}  // namespace

void find_components(const RasterSource& classes, const ComponentOptions& options, const ComponentSink& sink) {
    if (options.classes.empty()) throw geo::Error(geo::ErrorKind::usage, {"components.no_class"_msg, {}});
    const ClassSet set(options.classes, options.merge_classes);
    const detail::StripLayout layout(classes);
    ReaderPool readers(strip_options(classes, options), set, layout);
    detail::OpenComponents open(classes.grid(), set, options.connectivity, options.runs);
    detail::JoinedRow joined;
    geo::parallel_ordered<detail::RunStrip>(
        layout.strips(), options.parallelism, [&](std::size_t i) { return readers.read(i); },
        [&](std::size_t, detail::RunStrip&& strip) {
            std::span<const double> areas = strip.areas;
            for (int i = 0; i < strip.height; ++i) {
                strip.join(static_cast<std::size_t>(i), joined);
                const std::size_t held = areas.empty() ? 0 : joined.runs.size();
                open.add_row({.row = strip.row + i,
                              .runs = joined.runs,
                              .areas = areas.first(held),
                              .probability_sums = joined.probability_sums,
                              .probability_cells = joined.probability_cells},
                             sink);
                areas = areas.subspan(held);
            }
            readers.put_back(std::move(strip));
        },
        options.progress, strips_in_flight(layout, options.parallelism));
    open.end(sink);
}

std::size_t component_steps(const RasterSource& classes) {
    return detail::StripLayout(classes).strips();
}

}  // namespace vereda::raster
