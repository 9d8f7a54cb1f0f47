#include "regions/mapped_removals.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace vereda::regions {

namespace {

class Surveyed {
  public:
    Surveyed(const CropPanel& panel, std::span<const Removal> removals, const RingSettings& settings)
        : panel_(panel), settings_(settings), hit_(panel.units.size()) {
        for (const Removal& removal : removals)
            for (const std::size_t unit : units_of(removal))
                hit_[unit][removal.year] += each(removal);
    }

    /// nullopt where a unit was not seen both before and after.
    [[nodiscard]] std::optional<double> mapped(const Removal& removal) {
        const auto before = panel_.find_year(removal.year - 1);
        const auto after = panel_.find_year(removal.year);
        if (!before || !after) return std::nullopt;
        double sum = 0;
        for (const std::size_t unit : units_of(removal)) {
            const auto& had = panel_.crop_ha[unit][*before];
            const auto& has = panel_.crop_ha[unit][*after];
            if (!had || !has) return std::nullopt;
            const double gone = *had - *has * taken_back(area_of(unit), *before, *after);
            sum += gone * each(removal) / hit_[unit].at(removal.year);
        }
        return sum;
    }

  private:
    static const std::vector<std::size_t>& units_of(const Removal& removal) {
        return removal.touched.empty() ? removal.targets : removal.touched;
    }
    static double each(const Removal& removal) {
        return removal.hectares / static_cast<double>(units_of(removal).size());
    }
    [[nodiscard]] std::size_t area_of(std::size_t unit) const {
        return settings_.area_of_unit.empty() ? 0 : settings_.area_of_unit[unit];
    }
    [[nodiscard]] bool untouched(std::size_t unit, int year) const {
        const auto first = hit_[unit].lower_bound(year - settings_.lag);
        return first == hit_[unit].end() || first->first > year + settings_.anticipation;
    }

    /// Crop before over crop after of the area's untouched units; 1 where they show none.
    [[nodiscard]] double taken_back(std::size_t area, std::size_t before, std::size_t after) {
        auto& factors = factors_[after];
        if (factors.empty()) {
            std::map<std::size_t, std::pair<double, double>> sums;
            for (std::size_t u = 0; u < panel_.units.size(); ++u) {
                const auto& had = panel_.crop_ha[u][before];
                const auto& has = panel_.crop_ha[u][after];
                if (!had || !has || !untouched(u, panel_.years[after])) continue;
                sums[area_of(u)].first += *had;
                sums[area_of(u)].second += *has;
            }
            for (const auto& [a, sum] : sums)
                factors[a] = sum.first > 0 && sum.second > 0 ? sum.first / sum.second : 1;
        }
        const auto found = factors.find(area);
        return found == factors.end() ? 1 : found->second;
    }

    const CropPanel& panel_;
    const RingSettings& settings_;
    std::vector<std::map<int, double>> hit_;                        ///< [unit]: hectares reported by year
    std::map<std::size_t, std::map<std::size_t, double>> factors_;  ///< by position of the year after, by area
};

}  // namespace

MappedRemovals mapped_removals(const CropPanel& panel, std::span<const Removal> removals,
                               const RingSettings& settings) {
    Surveyed surveyed(panel, removals, settings);
    MappedRemovals result;
    std::vector<std::optional<double>> mapped;
    double gone = 0;
    double reported = 0;
    for (const Removal& removal : removals) {
        mapped.push_back(removal.reported ? surveyed.mapped(removal) : std::optional(removal.hectares));
        if (!removal.reported || !mapped.back()) continue;
        ++result.measured;
        gone += *mapped.back();
        reported += removal.hectares;
    }
    if (reported > 0) result.per_reported = gone / reported;
    for (std::size_t i = 0; i < removals.size(); ++i)
        result.hectares.push_back(mapped[i].value_or(result.per_reported * removals[i].hectares));
    return result;
}

}  // namespace vereda::regions
