#include "regions/group_time.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace vereda::regions {

namespace {

struct Mean {
    double sum = 0;
    long count = 0;
    void add(double value) {
        sum += value;
        ++count;
    }
    [[nodiscard]] double value() const { return sum / static_cast<double>(count); }
};

}  // namespace

std::vector<GroupTimeEffect> group_time_effects(const CropPanel& panel, const Cohorts& cohorts, int anticipation) {
    std::set<int> groups;
    for (const auto& year : cohorts.first_year)
        if (year) groups.insert(*year);
    std::vector<GroupTimeEffect> effects;
    for (const int group : groups) {
        const auto after_base = std::ranges::lower_bound(panel.years, group - anticipation);
        if (after_base == panel.years.begin()) continue;
        const auto base = static_cast<std::size_t>(after_base - panel.years.begin()) - 1;
        for (std::size_t y = 0; y < panel.years.size(); ++y) {
            if (y == base) continue;
            std::map<std::size_t, std::pair<Mean, Mean>> by_stratum;
            for (std::size_t u = 0; u < panel.units.size(); ++u) {
                const auto& first = cohorts.first_year[u];
                const bool treated = first == group;
                const int last = std::max(panel.years[y], panel.years[base]);
                const bool control = !first || (*first > last + anticipation && *first != group);
                if (!(treated || control) || !panel.crop_ha[u][y] || !panel.crop_ha[u][base]) continue;
                auto& [of_group, of_control] = by_stratum[cohorts.stratum[u]];
                (treated ? of_group : of_control).add(*panel.crop_ha[u][y] - *panel.crop_ha[u][base]);
            }
            for (const auto& [stratum, means] : by_stratum)
                if (means.first.count > 0 && means.second.count > 0)
                    effects.push_back({group, panel.years[y], stratum, means.first.value() - means.second.value(),
                                       means.first.count, means.second.count});
        }
    }
    return effects;
}

}  // namespace vereda::regions
