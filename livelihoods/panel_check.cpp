#include "livelihoods/panel_check.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "livelihoods/median.hpp"

namespace vereda::livelihoods {

using geo::operator""_msg;

namespace {

constexpr double thousand = 1000;
constexpr double half_thousand = 500;
constexpr std::size_t crowded_below_thousand = 10;
constexpr std::size_t named_at_most = 5;
constexpr double jump_factor = 10;
constexpr int near_years = 3;
constexpr double change_tolerance = 0.5;  // percentage points
constexpr double total_tolerance = 0.005;

struct Entry {
    double value = 0;
    long line = 0;
};
using ValuesByYear = std::map<int, Entry>;
using Series = std::map<std::string, ValuesByYear>;  ///< region to values

std::string listed(const std::vector<std::string>& names, std::size_t at_most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), at_most); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > at_most) text += ", …";
    return text;
}

/// Panels in which damage is looked for, and where what is found goes.
class PanelCheck {
  public:
    PanelCheck(const geo::Locus& source, geo::Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

    [[nodiscard]] std::map<std::string, Series> by_column(std::span<const ContextValue> panel) {
        std::map<std::string, Series> columns;
        std::set<long> told;  // rows that repeat another in every value
        for (const ContextValue& entry : panel) {
            const auto [place, added] =
                columns[entry.name][entry.region_id].try_emplace(entry.year, Entry{entry.value, entry.line});
            if (added) continue;
            if (place->second.value == entry.value) {
                if (told.insert(entry.line).second) {
                    warn({"panel.repeated"_msg,
                          {{"year", std::to_string(entry.year)}, {"line", std::to_string(place->second.line)}}},
                         {{}, entry.region_id, entry.line});
                }
                continue;
            }
            warn({"panel.duplicate"_msg,
                  {{"year", std::to_string(entry.year)},
                   {"first", fmt::format("{}", place->second.value)},
                   {"second", fmt::format("{}", entry.value)},
                   {"line", std::to_string(place->second.line)}}},
                 {entry.name, entry.region_id, entry.line});
        }
        return columns;
    }

    /// Gives the years told.
    std::set<int> lost_thousands(const std::string& column, const Series& series);
    void jumps(const std::string& column, const Series& series, const std::set<int>& told);
    void total(const PublishedTotal& published, const Series* series);
    void change(const PublishedTotal& published, std::span<const PublishedTotal> totals);

  private:
    struct Place {
        std::string column;
        std::string region = {};
        long line = 0;
    };
    void warn(geo::Message message, const Place& place) {
        geo::Locus locus = source_;
        locus.field = place.column;
        locus.feature = place.region;
        locus.line = place.line;
        diagnostics_.add({geo::Severity::warning, std::move(message), std::move(locus)});
    }

    const geo::Locus& source_;
    geo::Diagnostics& diagnostics_;
};

/// Regions that reach a thousand in some year other than `year`.
bool reaches_thousand_elsewhere(const ValuesByYear& values, int year) {
    return std::ranges::any_of(values, [&](const auto& v) { return v.first != year && v.second.value >= thousand; });
}

std::set<int> PanelCheck::lost_thousands(const std::string& column, const Series& series) {
    std::map<int, bool> years;  // year to "some region reaches a thousand"
    for (const auto& [region, values] : series) {
        for (const auto& [year, entry] : values)
            years[year] = years[year] || entry.value >= thousand;
    }
    std::set<int> told;
    for (const auto& [year, reached] : years) {
        if (reached) continue;
        std::size_t large_elsewhere = 0;
        std::size_t just_below = 0;
        std::vector<std::string> zero;
        std::vector<std::string> lines;
        for (const auto& [region, values] : series) {
            const auto found = values.find(year);
            if (found == values.end()) continue;
            const Entry& entry = found->second;
            if (entry.value >= half_thousand) ++just_below;
            if (!reaches_thousand_elsewhere(values, year)) continue;
            ++large_elsewhere;
            if (entry.value != 0) continue;
            zero.push_back(region);
            lines.push_back(std::to_string(entry.line));
        }
        const bool most_are_zero = 2 * zero.size() >= large_elsewhere;
        if (zero.size() < 2 || !(most_are_zero || just_below >= crowded_below_thousand)) continue;
        told.insert(year);
        warn({"panel.lost_thousands"_msg,
              {{"year", std::to_string(year)},
               {"count", std::to_string(zero.size())},
               {"regions", listed(zero, named_at_most)},
               {"lines", listed(lines, lines.size())}}},
             {column});
    }
    return told;
}

double middle_positive(const Series& series) {
    std::vector<double> positive;
    for (const auto& [region, values] : series) {
        for (const auto& [year, entry] : values)
            if (entry.value > 0) positive.push_back(entry.value);
    }
    return median(std::move(positive)).value_or(0);
}

bool far_from(double value, double neighbour, double least_step) {
    const double low = std::min(value, neighbour);
    const double high = std::max(value, neighbour);
    return high - low > least_step && high > jump_factor * low;
}

void PanelCheck::jumps(const std::string& column, const Series& series, const std::set<int>& told) {
    const double least_step = middle_positive(series);
    for (const auto& [region, values] : series) {
        ValuesByYear whole;  // without the years that are damaged anyway
        std::ranges::copy_if(values, std::inserter(whole, whole.end()),
                             [&](const auto& v) { return !told.contains(v.first) && v.second.value >= 0; });
        if (whole.size() < 3) continue;
        for (auto it = std::next(whole.begin()); std::next(it) != whole.end(); ++it) {
            const auto& [year_before, before] = *std::prev(it);
            const auto& [year, entry] = *it;
            const auto& [year_after, after] = *std::next(it);
            if (year - year_before > near_years || year_after - year > near_years) continue;
            const bool above = entry.value > before.value && entry.value > after.value;
            const bool below = entry.value < before.value && entry.value < after.value;
            if (!(above || below)) continue;
            if (!far_from(entry.value, before.value, least_step) || !far_from(entry.value, after.value, least_step))
                continue;
            warn({"panel.jump"_msg,
                  {{"year", std::to_string(year)},
                   {"value", fmt::format("{}", entry.value)},
                   {"before", fmt::format("{}", before.value)},
                   {"year_before", std::to_string(year_before)},
                   {"after", fmt::format("{}", after.value)},
                   {"year_after", std::to_string(year_after)}}},
                 {column, region, entry.line});
        }
    }
}

void PanelCheck::total(const PublishedTotal& published, const Series* series) {
    double sum = 0;
    std::size_t regions = 0;
    if (series != nullptr) {
        for (const auto& [region, values] : *series) {
            const auto found = values.find(published.year);
            if (found == values.end()) continue;
            sum += found->second.value;
            ++regions;
        }
    }
    const bool other_years = series != nullptr && !series->empty();
    if (regions == 0 && other_years) return;  // a total of a year that the panel does not tell at all
    if (std::abs(sum - published.total) <= total_tolerance * std::abs(published.total)) return;
    warn({"panel.total_missed"_msg,
          {{"year", std::to_string(published.year)},
           {"regions", std::to_string(regions)},
           {"sum", fmt::format("{:.6g}", sum)},
           {"total", fmt::format("{:.6g}", published.total)},
           {"difference", fmt::format("{:+.6g}", sum - published.total)},
           {"source", published.source}}},
         {published.name, {}, 0});
}

void PanelCheck::change(const PublishedTotal& published, std::span<const PublishedTotal> totals) {
    if (!published.change_percent) return;
    const auto before = std::ranges::find_if(totals, [&](const PublishedTotal& other) {
        return other.name == published.name && other.source == published.source && other.year == published.year - 1;
    });
    if (before == totals.end() || !(std::abs(before->total) > 0)) return;
    const double derived = 100 * (published.total - before->total) / std::abs(before->total);
    if (std::abs(derived - *published.change_percent) <= change_tolerance) return;
    warn({"panel.change_missed"_msg,
          {{"year", std::to_string(published.year)},
           {"year_before", std::to_string(before->year)},
           {"before", fmt::format("{:.6g}", before->total)},
           {"total", fmt::format("{:.6g}", published.total)},
           {"derived", fmt::format("{:+.1f}", derived)},
           {"published", fmt::format("{:+.1f}", *published.change_percent)},
           {"source", published.source}}},
         {published.name, {}, 0});
}

}  // namespace

void notice_panel_damage(std::span<const ContextValue> panel, std::span<const PublishedTotal> totals,
                         const geo::Locus& source, geo::Diagnostics& diagnostics) {
    PanelCheck check(source, diagnostics);
    const std::map<std::string, Series> columns = check.by_column(panel);
    for (const auto& [column, series] : columns)
        check.jumps(column, series, check.lost_thousands(column, series));
    for (const PublishedTotal& published : totals) {
        const auto column = columns.find(published.name);
        check.total(published, column == columns.end() ? nullptr : &column->second);
        check.change(published, totals);
    }
}

}  // namespace vereda::livelihoods
