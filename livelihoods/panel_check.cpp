#include "livelihoods/panel_check.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>

namespace vereda::livelihoods {

using geo::operator""_msg;

namespace {

constexpr double thousand = 1000;
constexpr double half_thousand = 500;
constexpr std::size_t crowded_below_thousand = 10;
constexpr std::size_t named_at_most = 5;

using ValuesByYear = std::map<int, double>;
using Series = std::map<std::string, ValuesByYear>;  ///< region to values

std::string listed(const std::vector<std::string>& regions) {
    std::string text;
    for (std::size_t i = 0; i < std::min(regions.size(), named_at_most); ++i)
        text += (i == 0 ? "" : ", ") + regions[i];
    if (regions.size() > named_at_most) text += ", …";
    return text;
}

std::map<std::string, Series> by_column(std::span<const ContextValue> panel, const geo::Locus& source,
                                        geo::Diagnostics& diagnostics) {
    std::map<std::string, Series> columns;
    for (const ContextValue& entry : panel) {
        const auto [place, added] = columns[entry.name][entry.region_id].try_emplace(entry.year, entry.value);
        if (added || place->second == entry.value) continue;
        geo::Locus locus = source;
        locus.feature = entry.region_id;
        locus.field = entry.name;
        diagnostics.add({geo::Severity::warning,
                         {"panel.duplicate"_msg,
                          {{"year", std::to_string(entry.year)},
                           {"first", fmt::format("{}", place->second)},
                           {"second", fmt::format("{}", entry.value)}}},
                         locus});
    }
    return columns;
}

/// Regions that reach a thousand in some year other than `year`.
bool reaches_thousand_elsewhere(const ValuesByYear& values, int year) {
    return std::ranges::any_of(values, [&](const auto& v) { return v.first != year && v.second >= thousand; });
}

void notice_lost_thousands(const std::string& column, const Series& series, const geo::Locus& source,
                           geo::Diagnostics& diagnostics) {
    std::map<int, bool> years;  // year to "some region reaches a thousand"
    for (const auto& [region, values] : series) {
        for (const auto& [year, value] : values)
            years[year] = years[year] || value >= thousand;
    }
    for (const auto& [year, reached] : years) {
        if (reached) continue;
        std::size_t large_elsewhere = 0;
        std::size_t just_below = 0;
        std::vector<std::string> zero;
        for (const auto& [region, values] : series) {
            const auto value = values.find(year);
            if (value == values.end()) continue;
            if (value->second >= half_thousand) ++just_below;
            if (!reaches_thousand_elsewhere(values, year)) continue;
            ++large_elsewhere;
            if (value->second == 0) zero.push_back(region);
        }
        const bool most_are_zero = 2 * zero.size() >= large_elsewhere;
        if (zero.size() < 2 || !(most_are_zero || just_below >= crowded_below_thousand)) continue;
        geo::Locus locus = source;
        locus.field = column;
        diagnostics.add(
            {geo::Severity::warning,
             {"panel.lost_thousands"_msg,
              {{"year", std::to_string(year)}, {"count", std::to_string(zero.size())}, {"regions", listed(zero)}}},
             locus});
    }
}

}  // namespace

void notice_panel_damage(std::span<const ContextValue> panel, const geo::Locus& source, geo::Diagnostics& diagnostics) {
    for (const auto& [column, series] : by_column(panel, source, diagnostics)) {
        notice_lost_thousands(column, series, source, diagnostics);
    }
}

}  // namespace vereda::livelihoods
