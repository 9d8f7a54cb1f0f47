#include "simulate/registered_plots.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "geo/topology.hpp"
#include "simulate/outline.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

namespace {

class Register {
  public:
    Register(const LandscapeParameters& parameters, const Territory& land, const Society& people, std::uint64_t seed)
        : parameters_(parameters), land_(land), people_(people), random_(seed, "registered_plots") {}

    std::vector<RegisteredPlot> filled() {
        std::vector<std::size_t> growers;
        for (std::size_t h = 0; h < people_.households.size(); ++h) {
            const livelihoods::Household& family = people_.households[h];
            if (family.group == livelihoods::HouseholdGroup::grower) growers.push_back(h);
        }
        for (std::size_t i = growers.size(); i > 1; --i) {
            std::swap(growers[i - 1], growers[static_cast<std::size_t>(random_.integer(0, static_cast<int>(i) - 1))]);
        }
        int unregistered = 0;
        for (const std::size_t h : growers) {
            if (static_cast<int>(out_.size()) >= parameters_.small_plots.plots) break;
            const bool enrolled = people_.households[h].registered_on.has_value();
            if (!enrolled && ++unregistered > 6) continue;
            const geo::Point home = *people_.households[h].home;
            add(h, home, enrolled ? "" : "unregistered_family");
            if (enrolled && out_.size() % 31 == 5) add(h, home, "second_plot");
        }
        add_in_park(growers);
        return std::move(out_);
    }

  private:
    /// Three families who planted inside the park although they live outside.
    void add_in_park(const std::vector<std::size_t>& growers) {
        const geo::Ring& park = land_.zones.front().geometry.front().outer;
        const geo::Box box = geo::envelope(park);
        for (std::size_t i = 0; i < 3 && out_.size() + i < growers.size(); ++i) {
            for (int draw = 0; draw < 200; ++draw) {
                const geo::Point p{random_.uniform(box.min.x, box.max.x), random_.uniform(box.min.y, box.max.y)};
                if (!inside(park, p) || land_.elevation.nearest(p) > parameters_.cultivation.coca_to.value()) continue;
                if (add(growers[growers.size() - 1 - i], p, "in_park")) break;
            }
        }
    }

    bool add(std::size_t household, geo::Point near, const char* offence) {
        const double area = draw_area();
        const std::optional<geo::Point> centre = place(near);
        if (!centre) return false;
        RegisteredPlot plot;
        std::string digits = std::to_string(out_.size() + 1);
        digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
        plot.id = "RP-" + digits;
        plot.household_id = people_.households[household].id;
        plot.other_offence = offence;
        plot.measured_by = random_.chance(0.45) ? regions::MeasuredBy::corners : regions::MeasuredBy::gnss_walk;
        plot.position_error_m = random_.chance(0.7) ? 2 : 3;
        plot.measured_on = std::chrono::sys_days{std::chrono::year{parameters_.cultivation.last_survey} / 2 / 1} +
                           std::chrono::days{random_.integer(0, 270)};
        const geo::Ring truth = true_outline(*centre, area);
        plot.true_area = geo::SquareMetres(geo::signed_area(truth));
        plot.lawful_area = plot.true_area <= parameters_.small_plots.limit;
        do {
            plot.outline = as_polygons(measured(truth, plot));
        } while (geo::invalidity(plot.outline));  // who crosses the own track walks again
        out_.push_back(std::move(plot));
        return true;
    }

    [[nodiscard]] double draw_area() {
        const double limit = parameters_.small_plots.limit.value();
        if (random_.chance(parameters_.small_plots.lawful_share)) {
            return random_.chance(0.4) ? 0.9995 * limit : random_.uniform(0.75, 0.9995) * limit;
        }
        return random_.chance(0.4) ? random_.uniform(1.03, 1.2) * limit : random_.uniform(1.45, 3) * limit;
    }

    [[nodiscard]] std::optional<geo::Point> place(geo::Point near) {
        for (int draw = 0; draw < 200; ++draw) {
            const geo::Point p{std::round(near.x + random_.uniform(-500, 500)),
                               std::round(near.y + random_.uniform(-500, 500))};
            bool free = land_.vereda_at(p).has_value();
            for (const geo::Point other : centres_)
                free = free && std::hypot(other.x - p.x, other.y - p.y) > 130;
            if (!free) continue;
            centres_.push_back(p);
            return p;
        }
        return std::nullopt;
    }

    /// A four-cornered field, clockwise.
    [[nodiscard]] geo::Ring true_outline(geo::Point centre, double area) {
        const double stretch = std::sqrt(random_.uniform(0.8, 1.25));
        const double turn = random_.uniform(0, std::numbers::pi / 2);
        geo::Ring ring;
        for (int corner = 0; corner < 4; ++corner) {
            const double angle = turn - (corner + 0.5) * std::numbers::pi / 2;
            const double radius = random_.uniform(0.92, 1.08);
            ring.push_back({radius * stretch * std::cos(angle), radius / stretch * std::sin(angle)});
        }
        ring.push_back(ring.front());
        const double scale = std::sqrt(area / geo::signed_area(ring));
        for (geo::Point& p : ring)
            p = {centre.x + scale * p.x, centre.y + scale * p.y};
        return ring;
    }

    [[nodiscard]] geo::Ring measured(const geo::Ring& truth, const RegisteredPlot& plot) {
        const bool walked = plot.measured_by == regions::MeasuredBy::gnss_walk;
        const double sd = plot.position_error_m;
        geo::Ring path;
        for (std::size_t i = 0; i + 1 < truth.size(); ++i) {
            const int steps = walked ? 8 : 1;
            for (int step = 0; step < steps; ++step) {
                const double t = static_cast<double>(step) / steps;
                path.push_back(
                    {truth[i].x + t * (truth[i + 1].x - truth[i].x), truth[i].y + t * (truth[i + 1].y - truth[i].y)});
            }
        }
        geo::Point error{random_.normal(0, sd), random_.normal(0, sd)};
        geo::Ring out;
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (i > 0) {
                const double way = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
                const double kept = walked ? std::exp(-way / parameters_.small_plots.walk_correlation.value()) : 0;
                const double fresh = sd * std::sqrt(1 - kept * kept);
                error = {kept * error.x + random_.normal(0, fresh), kept * error.y + random_.normal(0, fresh)};
            }
            out.push_back(to_centimetres({path[i].x + error.x, path[i].y + error.y}));
        }
        out.push_back(out.front());
        return out;
    }

    const LandscapeParameters& parameters_;
    const Territory& land_;
    const Society& people_;
    Random random_;
    std::vector<geo::Point> centres_;
    std::vector<RegisteredPlot> out_;
};

}  // namespace

std::vector<RegisteredPlot> registered_plots(const LandscapeParameters& parameters, const Territory& land,
                                             const Society& people, std::uint64_t seed) {
    return Register(parameters, land, people, seed).filled();
}

}  // namespace vereda::simulate
