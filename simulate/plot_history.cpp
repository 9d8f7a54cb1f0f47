#include "simulate/plot_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "geo/topology.hpp"
#include "simulate/occupied_ground.hpp"
#include "simulate/outline.hpp"
#include "simulate/ring_shapes.hpp"

namespace vereda::simulate {

namespace {

class Chronicle {
  public:
    Chronicle(const TrackingParameters& parameters, const PlotLayout& layout, std::uint64_t seed)
        : parameters_(parameters),
          layout_(layout),
          random_(seed, "tracking_history"),
          operations_random_(seed, "tracking_operations"),
          poppy_random_(seed, "tracking_poppy") {
        for (const Community& community : layout.communities) {
            if (!community.highland) lowlands_.push_back(&community);
        }
    }

    PlotHistory told() {
        for (const geo::Ring& outline : layout_.coca)
            begin(PlotDescent::first_stock, {}, outline, 0, PlotEvent::appeared);
        first_fields();
        for (int year = 1; year < parameters_.years; ++year) {
            copy_year(year);
            operate(year);
            live(year);
            grow_new(year);
            rotate(year);
        }
        number_operations();
        return std::move(out_);
    }

  private:
    TrackedPlot& plot(int id) { return out_.plots[static_cast<std::size_t>(id - 1)]; }
    PlotMoment& moment(int id, int year) { return plot(id).moments[static_cast<std::size_t>(year)]; }

    int begin(PlotDescent descent, std::vector<int> parents, const geo::Ring& outline, int year, PlotEvent event) {
        TrackedPlot born;
        born.id = static_cast<int>(out_.plots.size()) + 1;
        born.descent = descent;
        born.parents = std::move(parents);
        born.moments.assign(static_cast<std::size_t>(year), {PlotState::not_yet, PlotEvent::none, outline, ""});
        born.moments.push_back({PlotState::standing, event, outline, ""});
        ground_.put(born.id, outline);
        out_.plots.push_back(std::move(born));
        back_.push_back(0);
        return static_cast<int>(out_.plots.size());
    }

    void copy_year(int year) {
        for (TrackedPlot& each : out_.plots) {
            PlotMoment next = each.moments.back();
            next.operation.clear();
            if (next.state == PlotState::renewed) next.state = PlotState::standing;
            next.event = next.state == PlotState::standing ? PlotEvent::persisted : PlotEvent::none;
            each.moments.push_back(std::move(next));
        }
        standing_.clear();
        for (const TrackedPlot& each : out_.plots) {
            if (each.crop == regions::Crop::coca &&
                each.moments[static_cast<std::size_t>(year)].state == PlotState::standing)
                standing_.push_back(each.id);
        }
    }

    void operate(int year) {
        Random& random = operations_random_;
        double wanted = parameters_.rates.removed * static_cast<double>(standing_.size());
        wanted += random.uniform() - 0.5;
        for (int tries = 0; wanted > 0 && tries < 100'000; ++tries) {
            const int at =
                standing_[static_cast<std::size_t>(random.integer(0, static_cast<int>(standing_.size()) - 1))];
            const double hectares = 45 * std::exp(random.normal(0, 0.5));
            const OutlineShape shape{24, 0.25, random.uniform(1, 2), random.uniform(0, std::numbers::pi)};
            const geo::Ring area =
                outline(centre_of(moment(at, year).outline), geo::SquareMetres(hectares * 10'000), shape, random);
            PlotOperation operation;
            double removed = 0;
            for (const int id : ground_.near(0, area, 0)) {
                PlotMoment& now = moment(id, year);
                if (plot(id).crop != regions::Crop::coca || now.state != PlotState::standing) continue;
                if (!inside(area, centre_of(now.outline)) || !random.chance(parameters_.removal_effect)) continue;
                now.state = PlotState::removed;
                now.event = PlotEvent::removed;
                removed += area_of_ring(now.outline) / 10'000;
                operation.removed_plots.push_back(id);
                decide_return(id, year, parameters_.replanted_share, 1, 3, random);
            }
            if (operation.removed_plots.empty()) continue;
            wanted -= static_cast<double>(operation.removed_plots.size());
            report(operation, area, removed, year, random);
            out_.operations.push_back(std::move(operation));
        }
    }

    /// back_[id - 1] holds the year index in which it stands again; 0: never.
    void decide_return(int id, int year, double share, int soonest, int latest, Random& random) {
        back_[static_cast<std::size_t>(id - 1)] = random.chance(share) ? year + random.integer(soonest, latest) : 0;
    }

    void report(PlotOperation& operation, const geo::Ring& area, double removed, int year, Random& random) const {
        constexpr std::array<double, 5> weights{0.10, 0.45, 0.10, 0.20, 0.15};  // aerial … community, as declared
        regions::EradicationEvent& event = operation.event;
        event.kind = static_cast<regions::EradicationKind>(random.pick(weights));
        const bool forced =
            event.kind == regions::EradicationKind::manual_forced || event.kind == regions::EradicationKind::aerial;
        const bool late = random.chance(0.3);  // after the images of the year before
        operation.first_year_without = parameters_.first_year + year;
        event.date = std::chrono::sys_days{std::chrono::year{operation.first_year_without - (late ? 1 : 0)} /
                                           (late ? 10 : 1) / 1} +
                     std::chrono::days{random.integer(0, late ? 60 : 150)};
        event.place = as_polygons(area);
        event.reported = geo::Hectares(removed * (forced ? 1.12 : 1.02) * std::exp(random.normal(0, 0.08)));
        event.reported_sd = geo::Hectares(0.1 * event.reported->value());
        event.agency = forced ? "Fuerza de Tarea" : "Unidad de Desarrollo";
        event.verified = forced ? regions::Answer::unknown : regions::Answer::yes;
    }

    void live(int year) {
        const PlotRates& rate = parameters_.rates;
        come_back(year);
        for (const int id : standing_) {
            if (moment(id, year).state != PlotState::standing || moment(id, year).event != PlotEvent::persisted)
                continue;
            double u = random_.uniform();
            const auto falls = [&](double share) { return (u -= share) < 0; };
            if (falls(rate.abandoned)) {
                abandon(id, year);
            } else if (falls(rate.split)) {
                split(id, year);
            } else if (falls(rate.merged)) {
                merge(id, year);
            } else if (falls(rate.moved)) {
                shift(id, year);
            } else if (falls(rate.relocated)) {
                relocate(id, year);
            } else if (falls(rate.grew)) {
                resize(id, year, random_.uniform(1.1, 1.5), PlotEvent::grew);
            } else if (falls(rate.shrank)) {
                resize(id, year, random_.uniform(0.67, 0.9), PlotEvent::shrank);
            } else if (falls(rate.renewed)) {
                renew(id, year);
            }
        }
    }

    /// Removed and abandoned plots whose year has come, where nobody else planted meanwhile.
    void come_back(int year) {
        for (std::size_t i = 0; i < back_.size(); ++i) {
            if (back_[i] != year) continue;
            const int id = static_cast<int>(i) + 1;
            PlotMoment& now = moment(id, year);
            const bool again = now.state == PlotState::removed;
            if (!again && now.state != PlotState::abandoned) continue;
            const geo::Ring set = scaled(now.outline, centre_of(now.outline), std::sqrt(random_.uniform(0.75, 1.1)));
            if (!ground_.is_free(set, 1, {id})) continue;
            now.state = PlotState::standing;
            now.event = again ? PlotEvent::replanted : PlotEvent::returned;
            now.outline = set;
            ground_.put(id, set);
        }
    }

    void abandon(int id, int year) {
        moment(id, year).state = PlotState::abandoned;
        moment(id, year).event = PlotEvent::abandoned;
        decide_return(id, year, 0.1, 2, 5, random_);
    }

    void end(int id, int year, PlotEvent event) {
        moment(id, year).state = PlotState::ended;
        moment(id, year).event = event;
    }

    void split(int id, int year) {
        const geo::Ring whole = moment(id, year).outline;
        if (area_of_ring(whole) < 1200) return;
        const geo::Box box = geo::envelope(whole);
        const geo::Point centre = centre_of(whole);
        const bool across = box.width() > box.height();
        const double tilt = random_.normal(0, 0.15);
        const geo::Point normal =
            across ? geo::Point{std::cos(tilt), std::sin(tilt)} : geo::Point{-std::sin(tilt), std::cos(tilt)};
        const double path = random_.uniform(2, 4) / 2;
        const double off = random_.uniform(-0.12, 0.12) * (across ? box.width() : box.height());
        const geo::Point a{centre.x + (off + path) * normal.x, centre.y + (off + path) * normal.y};
        const geo::Point b{centre.x + (off - path) * normal.x, centre.y + (off - path) * normal.y};
        const geo::Ring first = cut(whole, a, normal);
        const geo::Ring second = cut(whole, b, {-normal.x, -normal.y});
        if (first.empty() || second.empty() || area_of_ring(first) < 450 || area_of_ring(second) < 450) return;
        end(id, year, PlotEvent::split);
        ground_.remove(id);
        begin(PlotDescent::split, {id}, first, year, PlotEvent::split);
        begin(PlotDescent::split, {id}, second, year, PlotEvent::split);
    }

    void merge(int id, int year) {
        const geo::Ring mine = moment(id, year).outline;
        for (const int other : ground_.near(id, mine, 40)) {
            const PlotMoment& theirs = moment(other, year);
            if (plot(other).crop != regions::Crop::coca || theirs.state != PlotState::standing ||
                theirs.event != PlotEvent::persisted)
                continue;
            geo::Ring both = hull_of(mine, theirs.outline);
            if (area_of_ring(both) > 1.9 * (area_of_ring(mine) + area_of_ring(theirs.outline))) continue;
            if (!ground_.is_free(both, 1, {id, other})) continue;
            end(id, year, PlotEvent::merged);
            end(other, year, PlotEvent::merged);
            ground_.remove(id);
            ground_.remove(other);
            begin(PlotDescent::merged, {std::min(id, other), std::max(id, other)}, both, year, PlotEvent::merged);
            return;
        }
    }

    void shift(int id, int year) {
        PlotMoment& now = moment(id, year);
        const double side = std::sqrt(area_of_ring(now.outline));
        for (int tries = 0; tries < 4; ++tries) {
            const double angle = random_.uniform(0, 2 * std::numbers::pi);
            const double way = side * random_.uniform(0.33, 0.67);
            const geo::Ring set = moved(now.outline, way * std::cos(angle), way * std::sin(angle));
            if (!ground_.is_free(set, clear_gap, {id})) continue;
            now.outline = set;
            now.event = PlotEvent::moved;
            ground_.put(id, set);
            return;
        }
    }

    void relocate(int id, int year) {
        const geo::Ring old = moment(id, year).outline;
        const geo::Point from = centre_of(old);
        for (int tries = 0; tries < 6; ++tries) {
            const double way = random_.uniform(90, 300) * (random_.chance(0.5) ? 1 : -1);
            const geo::Point to{from.x + random_.uniform(-8, 8), from.y + way};
            const geo::Ring set = field_outline(to, area_of_ring(old), random_.normal(0, 0.12), random_);
            if (!within_lowlands(to) || !ground_.is_free(set, clear_gap)) continue;
            end(id, year, PlotEvent::relocated);
            begin(PlotDescent::relocated, {id}, set, year, PlotEvent::relocated);
            return;
        }
    }

    void resize(int id, int year, double factor, PlotEvent event) {
        PlotMoment& now = moment(id, year);
        const geo::Box box = geo::envelope(now.outline);
        // one corner stays: land is added or given up at the far sides
        const geo::Point fixed{random_.chance(0.5) ? box.min.x : box.max.x,
                               random_.chance(0.5) ? box.min.y : box.max.y};
        const geo::Ring set = scaled(now.outline, fixed, std::sqrt(factor));
        if (!ground_.is_free(set, factor > 1 ? 1 : 0.1, {id})) return;
        now.outline = set;
        now.event = event;
        ground_.put(id, set);
    }

    void renew(int id, int year) {
        PlotMoment& now = moment(id, year);
        now.state = PlotState::renewed;
        now.event = PlotEvent::pruned_or_renewed;
        PlotOperation told;
        told.first_year_without = parameters_.first_year + year;
        told.event.kind = regions::EradicationKind::pruned_or_renewed;
        told.event.date = std::chrono::sys_days{std::chrono::year{parameters_.first_year + year} / 2 / 1} +
                          std::chrono::days{random_.integer(0, 120)};
        told.event.place = geo::buffer(geo::Geometry(as_polygons(now.outline)), 3);
        told.event.reported = geo::Hectares(area_of_ring(now.outline) / 10'000);
        told.event.reported_sd = geo::Hectares(0.1 * told.event.reported->value());
        told.event.agency = "Sindicato";
        told.event.verified = regions::Answer::yes;
        if (random_.chance(0.8)) out_.operations.push_back(std::move(told));  // the others are told to nobody
    }

    [[nodiscard]] bool within_lowlands(geo::Point p) const {
        return std::ranges::any_of(lowlands_, [&](const Community* each) {
            return p.x > each->land.min.x + 50 && p.x < each->land.max.x - 50 && p.y > each->land.min.y + 50 &&
                   p.y < each->land.max.y - 50;
        });
    }

    /// Half beside plots that stand, half anywhere on the strips; never on ground that ever had a plot of its own.
    void grow_new(int year) {
        const auto wanted =
            static_cast<int>(parameters_.rates.appeared * static_cast<double>(standing_.size()) + random_.uniform());
        for (int made = 0, tries = 0; made < wanted && tries < 40 * wanted; ++tries) {
            geo::Point centre;
            if (random_.chance(0.5)) {
                const int near =
                    standing_[static_cast<std::size_t>(random_.integer(0, static_cast<int>(standing_.size()) - 1))];
                const geo::Point from = centre_of(moment(near, year).outline);
                const double angle = random_.uniform(0, 2 * std::numbers::pi);
                const double way = random_.uniform(62, 100);
                centre = {from.x + way * std::cos(angle), from.y + way * std::sin(angle)};
                if (!within_lowlands(centre)) continue;
            } else {
                const Community& community =
                    *lowlands_[static_cast<std::size_t>(random_.integer(0, static_cast<int>(lowlands_.size()) - 1))];
                centre = place_on_strip(community, random_.integer(0, 2 * strips_per_side - 1), random_);
            }
            const geo::Ring set = field_outline(centre, family_plot_area(random_), random_.normal(0, 0.12), random_);
            if (!ground_.is_free(set, 15)) continue;
            begin(PlotDescent::planted, {}, set, year, PlotEvent::appeared);
            ++made;
        }
    }

    void first_fields() {
        for (std::size_t block = 0; block < layout_.poppy_blocks.size(); ++block) {
            const std::vector<geo::Ring>& fields = layout_.poppy_blocks[block];
            std::vector<int> ids;
            for (const geo::Ring& field : fields) {
                const int id = begin(PlotDescent::first_stock, {}, field, 0, PlotEvent::appeared);
                plot(id).crop = regions::Crop::poppy;
                plot(id).block = static_cast<int>(block) + 1;
                moment(id, 0).state = PlotState::not_yet;
                moment(id, 0).event = PlotEvent::none;
                ids.push_back(id);
            }
            blocks_.push_back(std::move(ids));
        }
        for (const std::vector<int>& fields : blocks_)
            sow(fields, 0);
    }

    void rotate(int year) {
        for (const std::vector<int>& fields : blocks_)
            sow(fields, year);
    }

    /// About a third of the block's fields; one that had poppy the year before has it again one time in five. One block
    /// in twenty lies fallow as a whole.
    void sow(const std::vector<int>& fields, int year) {
        std::vector<double> weights;
        for (const int id : fields)
            weights.push_back(year > 0 && moment(id, year - 1).state == PlotState::standing ? 0.2 : 1.0);
        int wanted = std::max(1, static_cast<int>(std::lround(static_cast<double>(fields.size()) / 3 +
                                                              poppy_random_.uniform(-0.5, 0.5))));
        if (poppy_random_.chance(0.05)) wanted = 0;
        std::vector<bool> sown(fields.size());
        for (; wanted > 0; --wanted) {
            const std::size_t at = poppy_random_.pick(weights);
            sown[at] = true;
            weights[at] = 0;
        }
        for (std::size_t i = 0; i < fields.size(); ++i)
            set_field(fields[i], year, sown[i]);
    }

    void set_field(int id, int year, bool sown) {
        PlotMoment& now = moment(id, year);
        const bool before = year > 0 && moment(id, year - 1).state == PlotState::standing;
        const bool ever = year > 0 && moment(id, year - 1).state != PlotState::not_yet;
        now.state = sown ? PlotState::standing : ever ? PlotState::resting : PlotState::not_yet;
        if (sown) {
            now.event = before ? PlotEvent::persisted : year == 0 ? PlotEvent::appeared : PlotEvent::rotated;
        } else {
            now.event = PlotEvent::none;
        }
    }

    void number_operations() {
        std::ranges::stable_sort(out_.operations, {}, [](const PlotOperation& o) { return o.event.date; });
        for (std::size_t i = 0; i < out_.operations.size(); ++i) {
            PlotOperation& operation = out_.operations[i];
            operation.event.id = fmt::format("OP-{}-{:04}", geo::year_of(operation.event.date), i + 1);
            const int year = operation.first_year_without - parameters_.first_year;
            for (const int id : operation.removed_plots)
                moment(id, year).operation = operation.event.id;
        }
    }

    const TrackingParameters& parameters_;
    const PlotLayout& layout_;
    Random random_;
    Random operations_random_;
    Random poppy_random_;
    PlotHistory out_;
    OccupiedGround ground_;
    std::vector<const Community*> lowlands_;
    std::vector<std::vector<int>> blocks_;
    std::vector<int> standing_;  ///< coca plots standing at the start of the year in work, ascending
    std::vector<int> back_;      ///< year index in which a removed or abandoned plot stands again; 0: never
};

}  // namespace

PlotHistory plot_history(const TrackingParameters& parameters, const PlotLayout& layout, std::uint64_t seed) {
    return Chronicle(parameters, layout, seed).told();
}

}  // namespace vereda::simulate
