#include "report/public_coverage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "livelihoods/period.hpp"
#include "report/suppression.hpp"
#include "report/table_cells.hpp"
#include "report/table_declarations.hpp"

namespace vereda::report {

namespace {

using livelihoods::CoverageRow;

constexpr std::size_t measures = 5;

/// Counts in the order in which they are compared: the whole first.
std::vector<long> counts_of(const CoverageRow& row) {
    return {row.registered, row.promised, row.delivered, row.confirmed, row.disputed};
}

/// Along which division of the families a row stands; a row with several belongs to none and is not published.
enum class Division { total, group, sex, ethnicity, several };

Division division_of(const CoverageRow& row) {
    const std::array divided{row.group != "all", row.sex != "all", row.ethnicity != "all"};
    switch (std::ranges::count(divided, true)) {
        case 0:
            return Division::total;
        case 1:
            return divided[0] ? Division::group : divided[1] ? Division::sex : Division::ethnicity;
        default:
            return Division::several;
    }
}

struct Candidate {
    CoverageRow row;
    std::vector<std::optional<long>> published;
};

using Block = std::map<Division, std::vector<Candidate>>;  ///< one region and component

void withhold_complements_of(std::vector<Candidate>& parts, const Candidate* total, std::size_t measure) {
    std::vector<long> counts;
    std::vector<bool> keep;
    for (const Candidate& part : parts) {
        counts.push_back(counts_of(part.row)[measure]);
        keep.push_back(part.published[measure].has_value());
    }
    withhold_complements(counts, keep, total != nullptr && total->published[measure], families_at_least);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!keep[i]) parts[i].published[measure].reset();
    }
}

void withhold_complements_of(Block& block) {
    const auto totals = block.find(Division::total);
    const Candidate* total = totals == block.end() ? nullptr : &totals->second.front();
    for (auto& [division, parts] : block) {
        if (division == Division::total) continue;
        withhold_complements_of(parts, total, 0);
        for (Candidate& part : parts) {
            if (!part.published[0]) part.published.assign(measures, std::nullopt);  // its row goes as a whole
        }
        for (std::size_t measure = 1; measure < measures; ++measure)
            withhold_complements_of(parts, total, measure);
    }
}

geo::Value count_cell(const std::optional<long>& count) {
    return count ? geo::Value(std::int64_t{*count}) : geo::Value();
}

void append_row(const Candidate& candidate, Table& table, Disclosure& disclosure) {
    const CoverageRow& row = candidate.row;
    const auto& published = candidate.published;
    if (!published[0]) {
        ++disclosure.withheld_rows;
        return;
    }
    geo::Value share;
    if (published[2] && row.delivered_share) share = *row.delivered_share;
    table.rows.push_back({text(row.region_id), text(row.period), text(row.group), text(row.sex), text(row.ethnicity),
                          text(row.component), count_cell(published[0]), count_cell(published[1]),
                          count_cell(published[2]), share, count_cell(published[3]), count_cell(published[4])});
    table.rows.back().resize(coverage_table.columns.size());  // growers are estimated for internal use alone
    ++disclosure.published_rows;
    disclosure.withheld_cells += std::ranges::count_if(published, [](const auto& count) { return !count; });
    if (!published[2] && row.delivered_share) ++disclosure.withheld_cells;
}

}  // namespace

Table public_coverage(const RunResults& results, const std::set<std::string>& published_regions,
                      Disclosure& disclosure) {
    std::string last;
    for (const auto& row : results.coverage)
        if (livelihoods::names_a_year(row.period)) last = std::max<std::string_view>(last, row.period);
    std::map<std::pair<std::string_view, std::string_view>, Block> blocks;
    for (const auto& row : results.coverage) {
        const Division division = division_of(row);
        if (row.period != last || division == Division::several ||
            !published_regions.contains(std::string(row.region_id))) {
            ++disclosure.withheld_rows;
            continue;
        }
        blocks[{row.region_id, row.component}][division].push_back(
            {row, withheld_counts(counts_of(row), families_at_least)});
    }
    Table table{&coverage_table, {}};
    for (auto& [key, block] : blocks) {
        withhold_complements_of(block);
        for (const auto& [division, candidates] : block) {
            for (const Candidate& candidate : candidates)
                append_row(candidate, table, disclosure);
        }
    }
    sort_rows(table);
    return table;
}

}  // namespace vereda::report
