#include "livelihoods/measured_families.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace vereda::livelihoods {

namespace {

using Positions = std::vector<std::size_t>;

class FamilyBuilder {
  public:
    FamilyBuilder(std::span<const RegisteredPlot> plots, geo::Date as_of) : plots_(plots), as_of_(as_of) {}

    [[nodiscard]] int year_of(std::size_t i) const {
        return plots_[i].year ? *plots_[i].year : geo::year_of(judged_day(plots_[i], as_of_));
    }

    /// `members` hold one family's plots of one crop, by year.
    [[nodiscard]] std::vector<MeasurementRound> rounds(const Positions& members) const {
        std::vector<MeasurementRound> rounds;
        for (auto first = members.begin(); first != members.end();) {
            const auto end = std::find_if(first, members.end(), [&](auto i) { return year_of(i) != year_of(*first); });
            add_year({first, end}, rounds);
            first = end;
        }
        std::ranges::stable_sort(rounds, {}, &MeasurementRound::day);
        for (std::size_t r = 1; r < rounds.size(); ++r)
            rounds[r].independent = independent(rounds[r - 1], rounds[r]);
        return rounds;
    }

  private:
    [[nodiscard]] bool one_plot(std::size_t a, std::size_t b) const {
        const bool replaced = (!plots_[a].replaces.empty() && plots_[a].replaces == plots_[b].id) ||
                              (!plots_[b].replaces.empty() && plots_[b].replaces == plots_[a].id);
        return replaced || same_ground(plots_[a], plots_[b]);
    }

    /// Measurements of one plot, earliest first, for each plot of the year.
    [[nodiscard]] std::vector<Positions> plots_of_year(const Positions& year) const {
        std::vector<Positions> result;
        for (const std::size_t i : year) {
            const auto same = std::ranges::find_if(result, [&](const Positions& seen) {
                return std::ranges::any_of(seen, [&](auto j) { return one_plot(i, j); });
            });
            if (same == result.end()) {
                result.push_back({i});
            } else {
                same->push_back(i);
            }
        }
        for (Positions& measured : result) {
            std::ranges::stable_sort(measured, {}, [&](std::size_t i) {
                return std::tuple(judged_day(plots_[i], as_of_), !plots_[i].replaces.empty(), i);
            });
        }
        return result;
    }

    void add_year(const Positions& year, std::vector<MeasurementRound>& rounds) const {
        const std::vector<Positions> measured = plots_of_year(year);
        std::size_t most = 0;
        for (const Positions& plot : measured)
            most = std::max(most, plot.size());
        for (std::size_t k = 0; k < most; ++k) {
            MeasurementRound round;
            for (const Positions& plot : measured) {
                round.plots.push_back(plot[std::min(k, plot.size() - 1)]);
                round.day = std::max(round.day, judged_day(plots_[round.plots.back()], as_of_));
            }
            std::ranges::sort(round.plots);
            rounds.push_back(std::move(round));
        }
    }

    [[nodiscard]] bool independent(const MeasurementRound& before, const MeasurementRound& after) const {
        if (before.day != after.day) return true;
        const auto method = [&](std::size_t i) { return plots_[i].measured_by; };
        return std::ranges::none_of(after.plots, [&](std::size_t i) {
            return std::ranges::any_of(before.plots, [&](std::size_t j) { return method(i) == method(j); });
        });
    }

    std::span<const RegisteredPlot> plots_;
    geo::Date as_of_;
};

}  // namespace

std::vector<MeasuredFamily> measured_families(std::span<const RegisteredPlot> plots,
                                              const std::function<std::string_view(std::size_t)>& key_of,
                                              geo::Date as_of) {
    const FamilyBuilder builder(plots, as_of);
    struct Member {
        std::string_view key;
        std::optional<regions::Crop> crop;
        int year;
        std::size_t position;
    };
    std::vector<Member> members;
    for (std::size_t i = 0; i < plots.size(); ++i)
        members.push_back({key_of(i), plots[i].crop, builder.year_of(i), i});
    std::ranges::sort(members, {}, [](const Member& m) { return std::tuple(m.key, m.crop, m.year, m.position); });
    std::vector<MeasuredFamily> families;
    for (auto first = members.begin(); first != members.end();) {
        auto end = std::next(first);
        while (!first->key.empty() && end != members.end() && end->key == first->key && end->crop == first->crop)
            ++end;
        Positions positions;
        for (auto member = first; member != end; ++member)
            positions.push_back(member->position);
        families.push_back({first->key, first->crop, builder.rounds(positions)});
        first = end;
    }
    return families;
}

}  // namespace vereda::livelihoods
