#include "simulate/society.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "simulate/person_names.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

using livelihoods::Household;
using livelihoods::HouseholdGroup;
using livelihoods::LandTitle;
using livelihoods::Motive;

namespace {

std::string padded(std::size_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

class Census {
  public:
    Census(const PeopleParameters& parameters, Territory& land, const Cultivation& cultivation,
           const std::vector<Story>& stories, std::uint64_t seed)
        : parameters_(parameters),
          land_(land),
          cultivation_(cultivation),
          stories_(stories),
          seed_(seed),
          random_(seed, "society") {}

    Society taken() {
        const std::vector<int> sizes = households_per_vereda();
        for (std::size_t v = 0; v < sizes.size(); ++v) {
            for (int i = 0; i < sizes[v]; ++i)
                add_household(v);
            land_.veredas[v].households_total = static_cast<int>(std::lround(sizes[v] * random_.uniform(1.04, 1.3)));
        }
        assign_plots();
        name_people(out_.households, seed_);
        return std::move(out_);
    }

  private:
    /// More people where land is low and where crops stand; at least twelve families in each vereda.
    [[nodiscard]] std::vector<int> households_per_vereda() {
        std::vector<double> weights(land_.veredas.size());
        for (std::size_t v = 0; v < weights.size(); ++v) {
            const double low = 1.6 - std::min(1.0, land_.elevation.nearest(land_.veredas[v].village) / 2600);
            weights[v] = low * random_.uniform(0.7, 1.3);
        }
        for (const TruePlot& plot : cultivation_.plots)
            weights[plot.vereda] += 0.012;
        const int floor = std::min(12, parameters_.households / static_cast<int>(weights.size()));
        std::vector<int> out(weights.size(), floor);
        for (int left = parameters_.households - floor * static_cast<int>(weights.size()); left > 0; --left) {
            ++out[random_.pick(weights)];
        }
        return out;
    }

    [[nodiscard]] geo::Point draw_home(std::size_t vereda) {
        const geo::Point village = land_.veredas[vereda].village;
        for (int draw = 0; draw < 60; ++draw) {
            const double spread = random_.chance(0.45) ? 180 : 900;
            const geo::Point p{std::round(village.x + random_.normal(0, spread)),
                               std::round(village.y + random_.normal(0, spread))};
            if (land_.vereda_at(p) == vereda && land_.slope.nearest(p) < 0.8) return p;
        }
        return village;
    }

    void add_household(std::size_t vereda) {
        Household family;
        const Story story = stories_[vereda];
        const bool high = land_.elevation.nearest(land_.veredas[vereda].village) > 1800;
        family.id = "H-" + padded(out_.households.size() + 1, 4);
        family.region_id = land_.veredas[vereda].id;
        const double draw = random_.uniform();
        family.group = draw < parameters_.picker_share                                  ? HouseholdGroup::picker
                       : draw < parameters_.picker_share + parameters_.non_grower_share ? HouseholdGroup::non_grower
                                                                                        : HouseholdGroup::grower;
        family.sex = random_.chance(0.29) ? "mujer" : "hombre";
        const double roots = random_.uniform();
        family.ethnicity = roots < (high ? 0.35 : 0.15) ? "indígena"
                           : roots < 0.42               ? "mestizo"
                           : roots < 0.93               ? "campesino"
                                                        : "";
        family.birth_year = random_.integer(1948, 1997);
        family.members = 1 + random_.integer(0, 3) + random_.integer(0, 4);
        family.union_name = "Sindicato " + land_.veredas[vereda].name + (random_.chance(0.5) ? " Norte" : " Sur");
        family.land_title = draw_title(story);
        family.motive = story == Story::coerced && random_.chance(0.25) ? Motive::coercion
                        : family.group == HouseholdGroup::non_grower    ? Motive::unknown
                        : random_.chance(0.75)                          ? Motive::cash
                        : random_.chance(0.6)                           ? Motive::tradition
                                                                        : Motive::unknown;
        family.home = draw_home(vereda);
        if (well_kept(story) || random_.chance(parameters_.registered_share)) enrol(family, story);
        out_.households.push_back(std::move(family));
        out_.vereda.push_back(vereda);
    }

    [[nodiscard]] LandTitle draw_title(Story story) {
        const double draw = random_.uniform();
        if (story == Story::landless) {
            return draw < 0.15 ? LandTitle::titled : draw < 0.3 ? LandTitle::possession : LandTitle::none;
        }
        if (well_kept(story)) return draw < 0.45 ? LandTitle::titled : LandTitle::possession;
        return draw < 0.22   ? LandTitle::titled
               : draw < 0.58 ? LandTitle::possession
               : draw < 0.85 ? LandTitle::none
                             : LandTitle::unknown;
    }

    /// Where the programme worked well, families were registered before it was announced; elsewhere after.
    void enrol(Household& family, Story story) {
        const bool early = well_kept(story) ? !random_.chance(0.02) : random_.chance(0.2);
        const int days = early ? -random_.integer(20, 280) : random_.integer(30, 600);
        family.registered_on = parameters_.announced + std::chrono::days{days};
        if (early && family.group == HouseholdGroup::grower && *family.birth_year < 1985 && random_.chance(0.75)) {
            // Grown-up growers stood in the unions' register of 2004 already.
            family.registered_on =
                std::chrono::sys_days{std::chrono::year{2004} / 12 / 20} - std::chrono::days{random_.integer(0, 700)};
        }
        family.registration_id = "RF-" + padded(out_.households.size() * 7 + 1003, 6);
        if (well_kept(story) || random_.chance(0.8)) {
            family.agreement_date = parameters_.announced + std::chrono::days{random_.integer(60, 420)};
        }
    }

    /// Each plot to the nearest grower of its vereda who holds fewest plots so far within reach; a tenth to nobody
    /// known.
    void assign_plots() {
        std::vector<int> holdings(out_.households.size(), 0);
        for (const TruePlot& plot : cultivation_.plots) {
            int best = -1;
            double best_cost = std::numeric_limits<double>::infinity();
            for (std::size_t h = 0; h < out_.households.size(); ++h) {
                if (out_.vereda[h] != plot.vereda || out_.households[h].group != HouseholdGroup::grower) continue;
                const geo::Point home = *out_.households[h].home;
                const double cost = std::hypot(home.x - plot.centre.x, home.y - plot.centre.y) + 700.0 * holdings[h];
                if (cost < best_cost) {
                    best_cost = cost;
                    best = static_cast<int>(h);
                }
            }
            if (best >= 0 && random_.chance(0.1)) best = -1;
            if (best >= 0) ++holdings[static_cast<std::size_t>(best)];
            out_.owner.push_back(best);
        }
    }

    const PeopleParameters& parameters_;
    Territory& land_;
    const Cultivation& cultivation_;
    const std::vector<Story>& stories_;
    std::uint64_t seed_;
    Random random_;
    Society out_;
};

}  // namespace

Society society(const PeopleParameters& parameters, Territory& land, const Cultivation& cultivation,
                const std::vector<Story>& stories, std::uint64_t seed) {
    return Census(parameters, land, cultivation, stories, seed).taken();
}

}  // namespace vereda::simulate
