#include "simulate/assistance.hpp"

#include <array>
#include <cmath>

#include "simulate/random.hpp"

namespace vereda::simulate {

using livelihoods::Component;
using livelihoods::Confirmation;
using livelihoods::Delivery;
using livelihoods::HouseholdGroup;
using regions::Answer;

namespace {

geo::Date day(int year, unsigned month, unsigned number) {
    return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number)};
}

struct Promise {
    Component component;
    int due_days;   ///< after the programme's start
    double amount;  ///< value in the study's currency; the package is modelled on no real price list
    bool growers_and_pickers_only;
};

constexpr std::array<Promise, 5> package{{{Component::food, 90, 5400, false},
                                          {Component::technical_assistance, 200, 1400, false},
                                          {Component::garden, 240, 800, false},
                                          {Component::short_cycle, 420, 4000, true},
                                          {Component::long_cycle, 700, 7800, true}}};

class Provider {
  public:
    Provider(const PeopleParameters& parameters, const Territory& land, const Society& people,
             const std::vector<Story>& stories, std::uint64_t seed)
        : parameters_(parameters), land_(land), people_(people), stories_(stories), random_(seed, "assistance") {}

    Assistance given() {
        add_programmes();
        for (std::size_t h = 0; h < people_.households.size(); ++h) {
            if (people_.households[h].registered_on) serve_household(h);
        }
        for (std::size_t v = 0; v < land_.veredas.size(); ++v)
            serve_vereda(v);
        return std::move(out_);
    }

  private:
    void add_programmes() {
        const geo::Date announced = parameters_.announced;
        const std::string& money = parameters_.currency;
        out_.programmes = {
            {"PVS", "Agencia Valle", "Programa Valle Sustituye", "substitution", announced,
             announced + std::chrono::days{92}, day(2021, 12, 31), Answer::yes, 14'500'000, money},
            {"DAV", "Cooperación Quimérica", "Desarrollo Alternativo Valle", "alternative_development", announced,
             announced + std::chrono::days{45}, day(2022, 6, 30), Answer::no, 9'200'000, money},
            {"SRV", "Gobernación Simulada", "Servicios Rurales Valle", "services", announced + std::chrono::days{120},
             day(2018, 1, 15), day(2021, 12, 15), Answer::no, 6'100'000, money},
            {"ERR", "Fuerza de Tarea Simulada", "Erradicación Valle", "eradication", std::nullopt, day(2017, 1, 10),
             day(2020, 12, 20), Answer::unknown, std::nullopt, money}};
    }

    void serve_household(std::size_t h) {
        const livelihoods::Household& family = people_.households[h];
        const Story story = stories_[people_.vereda[h]];
        const bool developing = well_kept(story);
        const livelihoods::Programme& programme = out_.programmes[developing ? 1 : 0];
        const geo::Date start = std::max(*programme.starts_on, *family.registered_on);
        for (const Promise& promise : package) {
            if (promise.growers_and_pickers_only && family.group == HouseholdGroup::non_grower) continue;
            Delivery delivery;
            delivery.household_id = family.id;
            delivery.programme_id = programme.id;
            delivery.component = promise.component;
            delivery.promised_on = start + std::chrono::days{promise.due_days + random_.integer(-20, 20)};
            delivery.amount = promise.amount;
            delivery.currency = parameters_.currency;
            fulfil(delivery, story);
            out_.deliveries.push_back(std::move(delivery));
        }
    }

    void fulfil(Delivery& delivery, Story story) {
        const bool hand_out = delivery.component == Component::food || delivery.component == Component::garden;
        double arrives = 0;
        switch (story) {
            case Story::served:
            case Story::served_stale:
            case Story::landless:
            case Story::unrecorded:
                arrives = 0.99;
                break;
            case Story::disputed:
                arrives = 0.95;
                break;
            case Story::promised_only:
                arrives = hand_out ? 0.25 : 0.03;
                break;
            case Story::income_gap:
                arrives = hand_out ? 0.7 : 0.12;
                break;
            case Story::coerced:
                arrives = hand_out ? 0.6 : 0.3;
                break;
        }
        if (!random_.chance(arrives)) return;
        const int late = well_kept(story) ? random_.integer(0, 70) : random_.integer(30, 540);
        delivery.delivered_on = *delivery.promised_on + std::chrono::days{late};
        if (*delivery.delivered_on > day(2021, 12, 20)) {
            delivery.delivered_on.reset();
            return;
        }
        const double word = random_.uniform();
        if (well_kept(story)) {
            delivery.confirmation = word < 0.985 ? Confirmation::confirmed : Confirmation::payer_only;
        } else if (story == Story::disputed) {
            delivery.confirmation = word < 0.62  ? Confirmation::disputed
                                    : word < 0.8 ? Confirmation::payer_only
                                                 : Confirmation::confirmed;
        } else {
            delivery.confirmation = word < 0.6   ? Confirmation::confirmed
                                    : word < 0.9 ? Confirmation::payer_only
                                                 : Confirmation::disputed;
        }
        if (random_.chance(0.4)) delivery.quality = std::round(100 * random_.uniform(0.4, 1.0)) / 100;
    }

    void serve_vereda(std::size_t v) {
        static constexpr std::array<Component, 4> works{Component::road, Component::water, Component::school,
                                                        Component::market_contract};
        const Story story = stories_[v];
        for (std::size_t k = 0; k < works.size(); ++k) {
            if (!well_kept(story) && (v + k) % 3 == 0) continue;
            Delivery delivery;
            delivery.region_id = land_.veredas[v].id;
            delivery.programme_id = works[k] == Component::market_contract ? "DAV" : "SRV";
            delivery.component = works[k];
            delivery.promised_on = day(2018, 3, 1) + std::chrono::days{random_.integer(0, 300)};
            delivery.currency = parameters_.currency;
            delivery.amount = std::round(random_.uniform(40, 180)) * 1000;
            delivery.source = "Acta municipal simulada";
            fulfil(delivery, story);
            out_.deliveries.push_back(std::move(delivery));
        }
    }

    const PeopleParameters& parameters_;
    const Territory& land_;
    const Society& people_;
    const std::vector<Story>& stories_;
    Random random_;
    Assistance out_;
};

}  // namespace

Assistance assistance(const PeopleParameters& parameters, const Territory& land, const Society& people,
                      const std::vector<Story>& stories, std::uint64_t seed) {
    return Provider(parameters, land, people, stories, seed).given();
}

}  // namespace vereda::simulate
