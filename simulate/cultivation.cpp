#include "simulate/cultivation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "simulate/outline.hpp"
#include "simulate/plot_sites.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

using regions::Crop;
using regions::EradicationKind;

std::string_view name_of(PlotOrigin origin) {
    static constexpr std::array<std::string_view, 4> names{"first_stock", "expansion", "displaced", "rotation"};
    return names[static_cast<std::size_t>(origin)];
}

std::string_view name_of(PlotEnd end) {
    static constexpr std::array<std::string_view, 4> names{"standing", "abandoned", "removed", "rotated"};
    return names[static_cast<std::size_t>(end)];
}

geo::Hectares area_of(const geo::Ring& outline) {
    return geo::Hectares(std::abs(geo::signed_area(outline)) / 10'000);
}

namespace {

struct OperationPlan {
    int year;
    EradicationKind kind;
    double hectares;  ///< of the operation's outline
};

/// Operations by kind and year, as offsets from the first survey year: every kind before and after the announcement.
constexpr std::array<OperationPlan, 17> operation_plans{{{1, EradicationKind::manual_forced, 260},
                                                         {1, EradicationKind::manual_forced, 180},
                                                         {1, EradicationKind::conditioned, 150},
                                                         {1, EradicationKind::voluntary, 170},
                                                         {2, EradicationKind::manual_forced, 240},
                                                         {2, EradicationKind::voluntary, 200},
                                                         {2, EradicationKind::voluntary, 160},
                                                         {2, EradicationKind::community, 140},
                                                         {2, EradicationKind::pruned_or_renewed, 90},
                                                         {3, EradicationKind::manual_forced, 220},
                                                         {3, EradicationKind::manual_forced, 200},
                                                         {3, EradicationKind::voluntary, 170},
                                                         {3, EradicationKind::conditioned, 130},
                                                         {3, EradicationKind::community, 120},
                                                         {4, EradicationKind::manual_forced, 200},
                                                         {4, EradicationKind::voluntary, 140},
                                                         {4, EradicationKind::unknown, 110}}};

double replanting_chance(EradicationKind kind) {
    switch (kind) {
        case EradicationKind::aerial:
            return 0.40;
        case EradicationKind::manual_forced:
            return 0.32;
        case EradicationKind::conditioned:
            return 0.18;
        case EradicationKind::unknown:
            return 0.20;
        case EradicationKind::voluntary:
            return 0.04;
        default:
            return 0.02;
    }
}

double radius_of(const geo::Ring& ring, geo::Point centre) {
    double radius = 0;
    for (const geo::Point p : ring)
        radius = std::max(radius, std::hypot(p.x - centre.x, p.y - centre.y));
    return radius;
}

class Fields {
  public:
    Fields(const CultivationParameters& parameters, const Territory& land, const Surface& tree_cover,
           std::uint64_t seed)
        : parameters_(parameters), land_(land), sites_(parameters, land, tree_cover), random_(seed, "cultivation") {}

    Cultivation grown() {
        for (int i = 0; i < parameters_.coca_plots_at_start; ++i) {
            plant_anywhere(Crop::coca, parameters_.first_year, PlotOrigin::first_stock);
        }
        for (int year = parameters_.first_year + 1; year <= parameters_.last_survey; ++year)
            live_through(year);
        return std::move(out_);
    }

  private:
    struct Displacement {
        std::size_t operation;
        int year;
        double hectares;
    };

    void live_through(int year) {
        std::vector<std::size_t> standing;
        for (std::size_t i = 0; i < out_.plots.size(); ++i) {
            if (out_.plots[i].crop == Crop::coca && stands(out_.plots[i], year - 1)) standing.push_back(i);
        }
        for (const std::size_t i : standing)
            carry_over(out_.plots[i], year);
        replant(year);
        expand(standing.size(), year);
        displace(year);
        rotate_poppy(year);
        operate(year);
    }

    [[nodiscard]] static bool stands(const TruePlot& plot, int year) {
        return !plot.years.empty() && plot.years.back().year == year;
    }

    void carry_over(TruePlot& plot, int year) {
        if (random_.chance(parameters_.abandoned_per_year)) {
            plot.end = PlotEnd::abandoned;
            return;
        }
        geo::Ring ring = plot.years.back().outline;
        if (random_.chance(parameters_.enlarged_per_year)) {
            geo::Ring larger = scaled(ring, plot.centre, std::sqrt(random_.uniform(1.1, 1.33)));
            if (area_of(larger) <= parameters_.largest &&
                sites_.may_grow(plot.centre, radius_of(larger, plot.centre))) {
                ring = std::move(larger);
            }
        }
        plot.years.push_back({year, std::move(ring)});
    }

    void replant(int year) {
        for (const auto& [plot, when] : returning_) {
            if (when != year) continue;
            TruePlot& back = out_.plots[plot];
            back.years.push_back({year, back.years.back().outline});
            back.replanted.push_back(year);
            back.end = PlotEnd::standing;
        }
    }

    void expand(std::size_t standing, int year) {
        const bool promised = year == parameters_.first_survey + 1;  // an announced programme draws new planting
        const double rate = parameters_.growth_per_year * (promised ? 1.5 : 1.0);
        const int count = static_cast<int>(std::lround(rate * static_cast<double>(standing)));
        for (int i = 0; i < count; ++i)
            plant_anywhere(Crop::coca, year, PlotOrigin::expansion);
    }

    void displace(int year) {
        for (const Displacement& due : displacements_) {
            if (due.year == year) plant_displaced(due, year);
        }
    }

    void plant_displaced(const Displacement& due, int year) {
        Operation& operation = out_.operations[due.operation];
        double left = due.hectares;
        for (int vain = 0; left >= parameters_.smallest.value() && vain < 50;) {
            double hectares = std::min(draw_area(Crop::coca), left);
            if (left - hectares < parameters_.smallest.value()) hectares = left;  // no rest too small to be a plot
            hectares = std::min(hectares, 0.99 * parameters_.largest.value());
            const auto pick =
                static_cast<std::size_t>(random_.integer(0, static_cast<int>(operation.removed_plots.size()) - 1));
            const int from = operation.removed_plots[pick];
            const geo::Point origin = out_.plots[static_cast<std::size_t>(from - 1)].centre;
            const geo::Ring shape = draw_shape(hectares, origin);
            const double radius = radius_of(shape, {});
            const auto site = sites_.near(Crop::coca, {origin, 400, parameters_.belt.value() - 50}, radius, random_);
            if (!site) {
                ++vain;
                continue;
            }
            TruePlot& plot = plant(Crop::coca, year, *site, shape);
            plot.origin = PlotOrigin::displaced;
            plot.origin_event = operation.event.id;
            plot.origin_plot = from;
            const geo::Hectares planted = area_of(plot.years.front().outline);
            operation.displaced += planted;
            left -= planted.value();
        }
    }

    void rotate_poppy(int year) {
        if (year < parameters_.first_survey - 1) return;
        std::vector<std::size_t> before;
        for (std::size_t i = 0; i < out_.plots.size(); ++i) {
            if (out_.plots[i].crop == Crop::poppy && stands(out_.plots[i], year - 1)) before.push_back(i);
        }
        for (const std::size_t i : before) {
            if (random_.chance(0.3)) {
                const geo::Ring same = out_.plots[i].years.back().outline;
                out_.plots[i].years.push_back({year, same});
                continue;
            }
            out_.plots[i].end = PlotEnd::rotated;
            const geo::Ring shape = draw_shape(draw_area(Crop::poppy), out_.plots[i].centre);
            const auto site =
                sites_.near(Crop::poppy, {out_.plots[i].centre, 150, 1800}, radius_of(shape, {}), random_);
            if (!site) continue;
            const int from = out_.plots[i].id;
            TruePlot& moved = plant(Crop::poppy, year, *site, shape);
            moved.origin = PlotOrigin::rotation;
            moved.origin_plot = from;
        }
        int now = 0;
        for (const TruePlot& plot : out_.plots)
            now += plot.crop == Crop::poppy && stands(plot, year);
        for (; now < parameters_.poppy_plots; ++now)
            plant_anywhere(Crop::poppy, year, PlotOrigin::expansion);
    }

    void operate(int year) {
        for (const OperationPlan& plan : operation_plans) {
            const int when = std::min(parameters_.first_survey + plan.year, parameters_.last_survey - 1);
            if (when == year) run_operation(plan, year);
        }
    }

    void run_operation(const OperationPlan& plan, int year) {
        const std::optional<std::size_t> target = densest_untouched(year);
        if (!target) return;
        const geo::Point centre = out_.plots[*target].centre;
        geo::Ring area = outline(centre, geo::SquareMetres(plan.hectares * 10'000),
                                 {24, 0.18, random_.uniform(1.0, 1.9), random_.uniform(0, std::numbers::pi)}, random_);
        Operation operation;
        operation.vereda = out_.plots[*target].vereda;
        const std::string number = std::to_string(out_.operations.size() + 1);
        operation.event.id = "OP-" + std::to_string(year) + "-" + std::string(number.size() < 2 ? 1 : 0, '0') + number;
        operation.event.kind = plan.kind;
        operation.event.date =
            std::chrono::sys_days{std::chrono::year{year} / 3 / 1} + std::chrono::days{random_.integer(0, 240)};
        operation.event.region_id = land_.veredas[operation.vereda].id;
        for (std::size_t i = 0; i < out_.plots.size(); ++i) {
            TruePlot& plot = out_.plots[i];
            if (plot.crop == Crop::coca && stands(plot, year) && plot.years.size() > 1 && inside(area, plot.centre)) {
                remove(i, plan.kind, year, operation);
            }
        }
        describe(operation, std::move(area));
        schedule_displacement(operation, year);
        out_.operations.push_back(std::move(operation));
    }

    void remove(std::size_t index, EradicationKind kind, int year, Operation& operation) {
        if (kind == EradicationKind::pruned_or_renewed || !random_.chance(parameters_.removal_effect)) return;
        TruePlot& plot = out_.plots[index];
        operation.removed += area_of(plot.years.back().outline);
        operation.removed_plots.push_back(plot.id);
        plot.years.pop_back();
        plot.end = PlotEnd::removed;
        plot.removed_by.push_back(operation.event.id);
        if (random_.chance(replanting_chance(kind))) returning_.emplace_back(index, year + random_.integer(1, 2));
    }

    /// What the agency writes down: forced work is over-reported (repeat passes), agreed work nearly exact.
    void describe(Operation& operation, geo::Ring area) {
        const EradicationKind kind = operation.event.kind;
        const bool forced = kind == EradicationKind::manual_forced || kind == EradicationKind::unknown;
        const double told =
            operation.removed.value() * (forced ? random_.uniform(1.1, 1.6) : random_.uniform(0.95, 1.05));
        operation.event.place = as_polygons(std::move(area));
        operation.event.reported = geo::Hectares(std::round(told * 100) / 100);
        operation.event.reported_sd = geo::Hectares(std::round(told * (forced ? 0.15 : 0.05) * 100) / 100);
        operation.event.agency = forced                               ? "Fuerza de Tarea Simulada"
                                 : kind == EradicationKind::community ? "Consejo comunal"
                                                                      : "Programa Valle Sustituye";
        operation.event.verified = kind == EradicationKind::unknown ? regions::Answer::unknown
                                   : forced && random_.chance(0.3)  ? regions::Answer::no
                                                                    : regions::Answer::yes;
    }

    void schedule_displacement(const Operation& operation, int year) {
        const double total = parameters_.displaced_share * operation.removed.value();
        if (total <= 0) return;
        const std::size_t index = out_.operations.size();
        const double least = 2.5 * parameters_.smallest.value();
        const double first = year + 2 <= parameters_.last_survey && total > 2 * least
                                 ? std::clamp(random_.uniform(0.5, 0.7) * total, least, total - least)
                                 : total;
        displacements_.push_back({index, year + 1, first});
        if (first < total) displacements_.push_back({index, year + 2, total - first});
    }

    /// The standing plot with most standing neighbours within 900 m whose surroundings saw no operation in these years.
    [[nodiscard]] std::optional<std::size_t> densest_untouched(int year) const {
        std::optional<std::size_t> best;
        int best_count = -1;
        for (std::size_t i = 0; i < out_.plots.size(); ++i) {
            if (out_.plots[i].crop != Crop::coca || !stands(out_.plots[i], year) || touched(out_.plots[i].centre))
                continue;
            int count = 0;
            for (const TruePlot& other : out_.plots) {
                count +=
                    other.crop == Crop::coca && stands(other, year) &&
                    std::hypot(other.centre.x - out_.plots[i].centre.x, other.centre.y - out_.plots[i].centre.y) < 900;
            }
            if (count > best_count) {
                best_count = count;
                best = i;
            }
        }
        return best;
    }

    [[nodiscard]] bool touched(geo::Point p) const {
        return std::any_of(out_.operations.begin(), out_.operations.end(), [&](const Operation& operation) {
            const geo::Box box = geo::envelope(operation.event.place);
            return std::hypot((box.min.x + box.max.x) / 2 - p.x, (box.min.y + box.max.y) / 2 - p.y) < 1500;
        });
    }

    [[nodiscard]] double draw_area(Crop crop) {
        const double median = crop == Crop::coca ? 0.33 : 0.16;
        const double hectares = median * std::exp(random_.normal(0, 0.65));
        const double most = crop == Crop::coca ? 0.97 * parameters_.largest.value() : 0.7;
        return std::clamp(hectares, 1.04 * parameters_.smallest.value(), most);
    }

    /// An outline about the origin of coordinates, lying along the contour at `where`.
    [[nodiscard]] geo::Ring draw_shape(double hectares, geo::Point where) {
        const double step = 90;
        const double dx =
            land_.elevation.nearest({where.x + step, where.y}) - land_.elevation.nearest({where.x - step, where.y});
        const double dy =
            land_.elevation.nearest({where.x, where.y + step}) - land_.elevation.nearest({where.x, where.y - step});
        const double contour = std::atan2(dx, -dy) + random_.normal(0, 0.3);
        const OutlineShape shape{random_.integer(8, 15), 0.3, random_.uniform(1.1, 2.2), contour};
        return outline({}, geo::SquareMetres(hectares * 10'000), shape, random_);
    }

    void plant_anywhere(Crop crop, int year, PlotOrigin origin) {
        const geo::Ring shape = draw_shape(draw_area(crop), land_.frame.centre(land_.frame.size() / 2));
        std::optional<geo::Point> site;
        if (origin == PlotOrigin::expansion && crop == Crop::coca &&
            random_.chance(0.55)) {  // neighbours follow neighbours
            const auto pick = static_cast<std::size_t>(random_.integer(0, static_cast<int>(out_.plots.size()) - 1));
            if (out_.plots[pick].crop == crop && !touched(out_.plots[pick].centre)) {
                site = sites_.near(crop, {out_.plots[pick].centre, 40, 700}, radius_of(shape, {}), random_);
            }
        }
        if (!site) site = sites_.anywhere(crop, radius_of(shape, {}), random_);
        if (site) plant(crop, year, *site, shape).origin = origin;
    }

    TruePlot& plant(Crop crop, int year, geo::Point site, geo::Ring shape) {
        site = to_centimetres(site);
        for (geo::Point& p : shape)
            p = to_centimetres({p.x + site.x, p.y + site.y});
        sites_.take(site, radius_of(shape, site));
        TruePlot plot;
        plot.id = static_cast<int>(out_.plots.size()) + 1;
        plot.crop = crop;
        plot.centre = site;
        plot.vereda = land_.vereda_at(site).value_or(0);
        const int lag = crop == Crop::poppy ? 0 : static_cast<int>(random_.pick(parameters_.clearing_lag));
        plot.cleared_year = year - lag;
        plot.years.push_back({year, std::move(shape)});
        out_.plots.push_back(std::move(plot));
        return out_.plots.back();
    }

    const CultivationParameters& parameters_;
    const Territory& land_;
    PlotSites sites_;
    Random random_;
    Cultivation out_;
    std::vector<std::pair<std::size_t, int>> returning_;  ///< plot and year of its return
    std::vector<Displacement> displacements_;
};

}  // namespace

Cultivation cultivate(const CultivationParameters& parameters, const Territory& land, const Surface& tree_cover,
                      std::uint64_t seed) {
    return Fields(parameters, land, tree_cover, seed).grown();
}

}  // namespace vereda::simulate
