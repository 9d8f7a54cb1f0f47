#include "report/reach_findings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "livelihoods/median.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;
using livelihoods::BridgeState;

namespace {

constexpr std::size_t conflicts_at_most = 100;
constexpr std::size_t printed_at_most = 14;

void write_bridge(std::ostream& out, const PageContext& page) {
    long without_gap = 0;
    std::vector<double> bridged;
    std::vector<double> waiting;
    for (const auto& row : page.results.income_bridge) {
        if (!row.months) continue;
        if (row.state == BridgeState::bridged && *row.months <= 0) {
            ++without_gap;
        } else {
            (row.state == BridgeState::bridged ? bridged : waiting).push_back(*row.months);
        }
    }
    if (without_gap == 0 && bridged.empty() && waiting.empty()) return;
    const auto middle = [&](const std::vector<double>& months) {
        const auto value = livelihoods::median(months);
        return value ? page.numbers.plain(*value) : std::string("–");
    };
    out << "<h3>" << page.html("reach.bridge.title"_msg) << "</h3>\n<p>";
    if (without_gap > 0) out << page.html("reach.bridge.no_gap"_msg, {{"families", page.numbers.integer(without_gap)}});
    if (!bridged.empty()) {
        out << " "
            << page.html("reach.bridge.done"_msg,
                         {{"families", page.numbers.integer(static_cast<long>(bridged.size()))},
                          {"months", middle(bridged)},
                          {"longest", page.numbers.plain(*std::ranges::max_element(bridged))}});
    }
    if (!waiting.empty()) {
        out << " "
            << page.html("reach.bridge.waiting"_msg,
                         {{"families", page.numbers.integer(static_cast<long>(waiting.size()))},
                          {"months", middle(waiting)}});
    }
    out << "</p>\n";
}

/// "2017-Q3" as people say it.
std::string quarter_text(const std::string& quarter, const Catalogue& words) {
    const std::size_t mark = quarter.find("-Q");
    if (mark == std::string::npos) return quarter;
    return words.text("reach.quarter"_msg, {{"year", quarter.substr(0, mark)}, {"quarter", quarter.substr(mark + 2)}});
}

void write_conflicts(std::ostream& out, const PageContext& page) {
    const auto& conflicts = page.results.aid_conflicts;
    if (conflicts.empty()) return;
    std::map<std::string, std::string> names;
    if (page.results.regions) {
        for (const auto& region : page.results.regions->regions())
            names[region.id] = region.name;
    }
    HtmlTable table{page.html("reach.conflicts"_msg),
                    {page.html("head.region"_msg), page.html("head.quarter"_msg), page.html("head.aid_owner"_msg),
                     page.html("head.eradication_owner"_msg), page.html("head.promised"_msg),
                     page.html("head.delivered"_msg), page.html("head.events"_msg)},
                    {},
                    "numbers",
                    printed_at_most,
                    whole_table_note(page, "aid_conflicts")};
    for (std::size_t i = 0; i < std::min(conflicts.size(), conflicts_at_most); ++i) {
        const auto& row = conflicts[i];
        const auto name = names.find(row.region_id);
        const std::string eradicator =
            row.eradication_owner.empty() ? page.words.text("readiness.nobody_named"_msg) : row.eradication_owner;
        table.rows.push_back({escaped(shortened(name == names.end() ? row.region_id : name->second, 80)),
                              escaped(quarter_text(row.quarter, page.words)), escaped(shortened(row.aid_owner, 80)),
                              escaped(shortened(eradicator, 80)), page.numbers.integer(row.promised),
                              page.numbers.integer(row.delivered), page.numbers.integer(row.events)});
    }
    table.source = "aid_conflicts";
    write_table(out, table);
    if (conflicts.size() > conflicts_at_most)
        out << "<p class=\"note\">" << page.html("reach.conflicts.more"_msg) << "</p>\n";
}

std::string band(const PageContext& page, const livelihoods::ReachRow& row) {
    if (!row.from) return page.html("value.unknown"_msg);
    const std::string from = page.numbers.plain(*row.from);
    if (!row.to) return page.html("reach.band_above"_msg, {{"from", from}, {"unit", row.unit}});
    return page.html("reach.band"_msg, {{"from", from}, {"to", page.numbers.plain(*row.to)}, {"unit", row.unit}});
}

void write_bands(std::ostream& out, const PageContext& page) {
    HtmlTable table{page.html("reach.by_distance"_msg),
                    {page.html("head.place"_msg), page.html("head.distance"_msg), page.html("head.registered"_msg),
                     page.html("head.delivered"_msg), page.html("head.confirmed"_msg), page.html("head.crop_ha"_msg),
                     page.html("head.crop_reached_ha"_msg)},
                    {},
                    "numbers",
                    printed_at_most,
                    whole_table_note(page, "reach")};
    for (const auto& row : page.results.reach) {
        if (row.registered == 0 && row.crop.value() <= 0) continue;
        const std::string kind = page.words.find("place." + row.kind).value_or(row.kind);
        table.rows.push_back({escaped(kind), band(page, row), page.numbers.integer(row.registered),
                              page.numbers.integer(row.delivered), page.numbers.integer(row.confirmed),
                              page.numbers.plain(std::round(row.crop.value() * 10) / 10),
                              page.numbers.plain(std::round(row.crop_reached.value() * 10) / 10)});
    }
    table.source = "reach";
    if (!table.rows.empty()) write_table(out, table);
}

}  // namespace

void write_reach_findings(std::ostream& out, const PageContext& page) {
    write_bridge(out, page);
    write_conflicts(out, page);
    write_bands(out, page);
}

}  // namespace vereda::report
