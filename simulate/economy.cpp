#include "simulate/economy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "geo/calendar.hpp"
#include "simulate/random.hpp"

namespace vereda::simulate {

using livelihoods::HouseholdGroup;
using livelihoods::IncomeSource;

namespace {

constexpr double poverty_line_2014 = 1450;  ///< per household and month, of January 2014

geo::Month month_of_index(int index) {
    return std::chrono::year{2014} / std::chrono::January + std::chrono::months{index};
}
constexpr int months_told = 96;  ///< January 2014 to December 2021

double consumer_prices(int index) {
    return std::pow(1.0021, index);
}

/// Dried leaf, per kilogram: rises after the announcement, collapses in 2021.
double leaf_price(int index) {
    const double trend = 41 + 0.12 * index + 4 * std::sin(index / 9.0);
    return index < 84 ? trend : trend * (1 - 0.045 * (index - 83));
}

class Accounts {
  public:
    Accounts(const PeopleParameters& parameters, const Society& people, const std::vector<Story>& stories,
             std::uint64_t seed)
        : parameters_(parameters),
          people_(people),
          stories_(stories),
          random_(seed, "economy"),
          announced_(static_cast<int>((geo::month_of(parameters.announced) - month_of_index(0)).count())) {}

    Economy kept() {
        std::vector<int> sampled(stories_.size(), 0);
        for (std::size_t h = 0; h < people_.households.size(); ++h) {
            const std::size_t vereda = people_.vereda[h];
            const Story story = stories_[vereda];
            if (story == Story::unrecorded || !people_.households[h].registered_on) continue;
            if (!is_served(story) && sampled[vereda]++ >= parameters_.sampled_per_vereda) continue;
            keep_account(h, story);
        }
        add_prices();
        return std::move(out_);
    }

  private:
    struct Level {
        double crop;   ///< per quarter before any change, prices of January 2014
        double licit;  ///< per month before the programme
    };

    [[nodiscard]] Level level_of(HouseholdGroup group) {
        if (group == HouseholdGroup::grower) return {random_.uniform(2600, 5200), random_.uniform(250, 650)};
        if (group == HouseholdGroup::picker) return {random_.uniform(1500, 2900), random_.uniform(300, 700)};
        return {0, random_.uniform(900, 1700)};
    }

    void keep_account(std::size_t h, Story story) {
        const livelihoods::Household& family = people_.households[h];
        const Level level = level_of(family.group);
        const bool followed = is_served(story);
        verifying_ = followed || !random_.chance(0.05);
        const bool succeeds = !random_.chance(0.02);
        const double target = 1.2 * std::max(level.crop / 3, poverty_line_2014);
        for (int index = announced_ - 38; index < months_told; ++index) {
            const int since = index - announced_;
            if (index % 3 == 2 && level.crop > 0) {
                const double kept = crop_share(story, since);
                if (kept > 0) add(family.id, index, IncomeSource::crop, level.crop * kept * leaf_price(index) / 42);
            }
            const bool told =
                followed ? index >= months_told - 18 || index % 6 == 0 : index % 3 == 0 || index >= months_told - 12;
            if (told)
                add(family.id, index, IncomeSource::licit,
                    licit(story, succeeds, since, level.licit, target) * consumer_prices(index));
            if (family.registered_on && since > 8 && since <= 20 && since % 2 == 0 && story != Story::promised_only) {
                add(family.id, index, IncomeSource::transfer, 1000);
            }
        }
    }

    /// Share of the former crop income that is still earned so many months after the announcement.
    [[nodiscard]] double crop_share(Story story, int since) {
        const double season = random_.uniform(0.85, 1.15);
        if (since < 8) return season;
        switch (story) {
            case Story::served:
            case Story::served_stale:
            case Story::landless:
                return since > 36 ? 0 : season * (1 - since / 40.0);
            case Story::income_gap:
            case Story::coerced:
                return since > 14 ? 0.15 * season : season;
            default:
                return 0.9 * season;
        }
    }

    [[nodiscard]] double licit(Story story, bool succeeds, int since, double before, double target) {
        const double month = random_.uniform(0.9, 1.1);
        if (since < 0) return before * month;
        const double ripened = std::clamp((since - 6) / 30.0, 0.0, 1.0);  // the substitute crop needs time to bear
        if (is_served(story)) return (before + ripened * ((succeeds ? target : 0.5 * target) - before)) * month;
        if (story == Story::disputed) return (before + ripened * 0.35 * (target - before)) * month;
        return before * (1 + 0.15 * ripened) * month;
    }

    /// Crop income is what families tell; licit and transfer income is checked against receipts where somebody follows
    /// up.
    void add(const std::string& household, int index, IncomeSource source, double amount) {
        const bool checked = source == IncomeSource::transfer || (source == IncomeSource::licit && verifying_);
        const regions::Answer verified = checked ? regions::Answer::yes : regions::Answer::no;
        out_.incomes.push_back(
            {household, "", month_of_index(index), source, std::round(amount), parameters_.currency, verified});
    }

    void add_prices() {
        struct Good {
            const char* name;
            const char* unit;
            double first;
            double drift;
        };
        static constexpr std::array<Good, 4> goods{{{"cacao", "kg", 16.5, 0.0016},
                                                    {"coffee", "kg", 21, 0.0024},
                                                    {"banana", "unit", 0.42, 0.0012},
                                                    {"poverty_line", "household-month", poverty_line_2014, 0.0021}}};
        const auto price = [&](int index, const char* good, double value, const char* unit,
                               const std::string& currency) {
            out_.prices.push_back({month_of_index(index), good, std::round(value * 100) / 100, unit, currency, ""});
        };
        for (int i = 0; i < months_told; ++i)
            price(i, "coca_leaf", leaf_price(i), "kg", parameters_.currency);
        for (int i = 0; i < months_told; ++i)
            price(i, "cpi", 100 * consumer_prices(i), "index", "");
        for (const Good& good : goods) {
            for (int i = 0; i < months_told; ++i) {
                const double season = good.name == std::string("poverty_line")
                                          ? 1
                                          : 1 + 0.06 * std::sin(i / 5.0) + random_.uniform(-0.03, 0.03);
                price(i, good.name, good.first * std::pow(1 + good.drift, i) * season, good.unit, parameters_.currency);
            }
        }
    }

    const PeopleParameters& parameters_;
    const Society& people_;
    const std::vector<Story>& stories_;
    Random random_;
    int announced_;
    bool verifying_ = true;
    Economy out_;
};

}  // namespace

Economy economy(const PeopleParameters& parameters, const Society& people, const std::vector<Story>& stories,
                std::uint64_t seed) {
    return Accounts(parameters, people, stories, seed).kept();
}

}  // namespace vereda::simulate
