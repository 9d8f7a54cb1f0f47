#include "simulate/testimony.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>

#include "simulate/random.hpp"

namespace vereda::simulate {

using livelihoods::GateState;
using livelihoods::IncidentKind;

namespace {

geo::Date day(int year, int month, int number) {
    return std::chrono::sys_days{std::chrono::year{year} / month / number};
}

class Recorder {
  public:
    Recorder(const LandscapeParameters& parameters, const Territory& land, const std::vector<Story>& stories,
             std::uint64_t seed)
        : parameters_(parameters),
          land_(land),
          stories_(stories),
          random_(seed, "testimony"),
          consultations_(seed, "consultations") {}

    Testimony recorded() {
        for (std::size_t v = 0; v < land_.veredas.size(); ++v) {
            state(v);
            measure(v);
            tell_context(v);
            tell_incidents(v);
        }
        for (std::size_t v = 0; v < land_.veredas.size(); ++v)
            tell_consultation(v);
        std::sort(out_.incidents.begin(), out_.incidents.end(), [](const auto& a, const auto& b) {
            return std::tie(a.date, a.region_id, a.kind, a.count) < std::tie(b.date, b.region_id, b.kind, b.count);
        });
        return std::move(out_);
    }

  private:
    [[nodiscard]] geo::Date looked(Story story) {
        const int last = parameters_.cultivation.last_survey;
        if (story == Story::served_stale) return day(last - 2, 8, 1) + std::chrono::days{random_.integer(0, 60)};
        return day(last, 4, 1) + std::chrono::days{random_.integer(0, 200)};
    }

    void state(std::size_t v) {
        const Story story = stories_[v];
        if (story == Story::unrecorded) return;
        const auto say = [&](const char* gate, GateState value, const char* document) {
            const geo::Date on = looked(story);
            const std::string number = std::to_string(out_.evidence.size() + 101);
            out_.evidence.push_back({land_.veredas[v].id, "", gate, on, value, std::string(document) + " " + number,
                                     on + std::chrono::days{story == Story::served_stale ? 1000 : 540}});
        };
        const bool good = is_served(story);
        say("food_security", good || story == Story::disputed ? GateState::pass : GateState::fail,
            "Encuesta alimentaria");
        say("agreement",
            story == Story::coerced ? GateState::fail
            : good                  ? GateState::pass
                                    : GateState::unknown,
            "Acta de asamblea");
        say("market", good || story == Story::disputed ? GateState::pass : GateState::unknown, "Contrato de compra");
        say("tenure",
            story == Story::landless ? GateState::fail
            : good                   ? GateState::pass
                                     : GateState::unknown,
            "Certificado de tenencia");
        say("climate", good || story == Story::disputed ? GateState::pass : GateState::unknown,
            "Estudio agroclimático");
        say("political_support", good ? GateState::pass : GateState::unknown, "Compromiso presupuestal");
    }

    /// Served veredas were consulted before anything was signed; draws of its own, so that nothing else changes with
    /// it.
    void tell_consultation(std::size_t v) {
        const Story story = stories_[v];
        if (!is_served(story)) return;
        const int last = parameters_.cultivation.last_survey;
        const int year = story == Story::served_stale ? last - 2 : last;
        const geo::Date on = day(year, 5, 1) + std::chrono::days{consultations_.integer(0, 150)};
        out_.evidence.push_back({land_.veredas[v].id, "", "consultation", on, GateState::pass,
                                 "Acta de consulta previa " + std::to_string(out_.evidence.size() + 101),
                                 on + std::chrono::days{story == Story::served_stale ? 1000 : 540}});
    }

    void rate(std::size_t v, const char* name, double value, double spread, const char* unit, const char* source) {
        const double shown = std::round(1000 * value) / 1000;
        std::optional<double> lo;
        std::optional<double> hi;
        if (spread > 0) {
            lo = std::round(1000 * (value - spread)) / 1000;
            hi = std::round(1000 * (value + spread)) / 1000;
        }
        out_.indicators.push_back({land_.veredas[v].id, name, looked(stories_[v]), shown, lo, hi, unit, source, ""});
    }

    /// A share near `mean`, kept so far inside 0 to 1 that its interval stays inside too.
    [[nodiscard]] double near(double mean) { return std::clamp(mean + random_.normal(0, 0.05), 0.06, 0.94); }

    void measure(std::size_t v) {
        const Story story = stories_[v];
        const Vereda& vereda = land_.veredas[v];
        const bool good = well_kept(story);
        double nearest = 1e9;
        for (const Place& market : land_.markets) {
            nearest =
                std::min(nearest, std::hypot(market.point.x - vereda.village.x, market.point.y - vereda.village.y));
        }
        const double hours =
            nearest / 1000 / 14 + land_.to_road.nearest(vereda.village) / 1000 / 2.5 + random_.uniform(0.1, 0.4);
        rate(v, "travel_time_to_market", well_kept(story) ? std::min(hours, 3.6) : hours, 0, "h", "Recorrido simulado");
        if (story == Story::unrecorded && v % 2 == 0) return;
        rate(v, "food_security", good ? random_.uniform(0.86, 0.93) : near(0.52), 0.05, "share",
             "Encuesta de hogares simulada");
        rate(v, "school_access", near(good ? 0.88 : 0.6), 0.03, "share", "Censo escolar simulado");
        rate(v, "clinic_access", near(good ? 0.74 : 0.4), 0.04, "share", "Red de salud simulada");
        if (story == Story::unrecorded || story == Story::served_stale) return;
        rate(v, "water_access", near(good ? 0.7 : 0.45), 0.05, "share", "Encuesta de hogares simulada");
        rate(v, "credit_share", near(good ? 0.42 : 0.12), 0.04, "share", "Registro de crédito simulado");
        static constexpr std::array raters{"A", "B", "C"};
        const double participation = good ? 74 : story == Story::coerced ? 22 : 48;
        for (const char* rater : raters) {
            out_.indicators.push_back({vereda.id, "participation", looked(story),
                                       std::clamp(std::round(participation + random_.normal(0, 6)), 0.0, 100.0),
                                       std::nullopt, std::nullopt, "score_0_100", "Taller comunal simulado", rater});
        }
    }

    void tell_context(std::size_t v) {
        const Vereda& vereda = land_.veredas[v];
        const double people = vereda.households_total * random_.uniform(3.8, 4.6);
        const double litres = random_.uniform(3, 9);
        const double growth = random_.uniform(-0.02, 0.02);
        const int first = parameters_.cultivation.first_survey;
        for (int year = first; year <= parameters_.cultivation.last_survey; ++year) {
            const double then = people * std::pow(1 + growth, year - first);
            const double spread = std::round(10 * litres * random_.uniform(0.85, 1.15)) / 10;
            out_.context.push_back({vereda.id, year, "population", std::round(then), "people"});
            out_.context.push_back({vereda.id, year, "agrochemicals", spread, "L/ha/year"});
        }
    }

    void tell_incidents(std::size_t v) {
        const Story story = stories_[v];
        const int first = parameters_.cultivation.first_survey;
        const int last = parameters_.cultivation.last_survey;
        const double mean = story == Story::coerced ? 5 : story == Story::income_gap ? 3 : well_kept(story) ? 0.4 : 1.5;
        int count = static_cast<int>(std::floor(mean * random_.uniform(0.4, 1.6) + random_.uniform()));
        if (story == Story::coerced) count = std::max(count, 3);
        static constexpr std::array kinds{IncidentKind::threat, IncidentKind::arrest,
                                          IncidentKind::displacement_of_people, IncidentKind::clash,
                                          IncidentKind::homicide};
        static constexpr std::array weights{0.42, 0.22, 0.16, 0.13, 0.07};
        for (int i = 0; i < count; ++i) {
            // The last year is quiet where people were served, and never where they were coerced.
            const int year =
                story == Story::coerced && i == 0 ? last : random_.integer(first, well_kept(story) ? last - 2 : last);
            const geo::Date on = day(year, 1, 1) + std::chrono::days{random_.integer(0, 360)};
            const IncidentKind kind =
                story == Story::coerced && i == 0 ? IncidentKind::threat : kinds[random_.pick(weights)];
            const double people =
                kind == IncidentKind::displacement_of_people ? random_.integer(3, 24) : random_.integer(1, 2);
            std::optional<geo::Point> place;
            if (random_.chance(0.4)) {
                const geo::Point village = land_.veredas[v].village;
                place = geo::Point{std::round(village.x + random_.uniform(-250, 250)),
                                   std::round(village.y + random_.uniform(-250, 250))};
                if (land_.vereda_at(*place) != v) place = village;
            }
            out_.incidents.push_back({on, kind, land_.veredas[v].id, place, people, "Defensoría simulada"});
        }
    }

    const LandscapeParameters& parameters_;
    const Territory& land_;
    const std::vector<Story>& stories_;
    Random random_;
    Random consultations_;
    Testimony out_;
};

}  // namespace

Testimony testimony(const LandscapeParameters& parameters, const Territory& land, const std::vector<Story>& stories,
                    std::uint64_t seed) {
    return Recorder(parameters, land, stories, seed).recorded();
}

}  // namespace vereda::simulate
