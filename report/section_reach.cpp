#include <algorithm>
#include <map>
#include <sstream>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/reach_findings.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

double share(long part, long whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

std::string count_and_share(const PageContext& page, long part, long whole) {
    return page.numbers.integer(part) + " <span class=\"soft\">" + page.numbers.percent(share(part, whole)) + "</span>";
}

void write_bar(std::ostream& out, std::string_view css_class, double part) {
    out << "<span class=\"" << css_class << "\" style=\"width:" << svg_number(100 * std::clamp(part, 0.0, 1.0))
        << "%\"></span>";
}

void write_bars(std::ostream& out, const PageContext& page) {
    out << "<figure class=\"wide\">\n<figcaption>"
        << page.html("reach.chart"_msg, {{"period", page.figures.coverage_period}})
        << "</figcaption>\n<ul class=\"bars\">\n";
    for (const Reach& reach : page.figures.reach) {
        out << "<li><span class=\"bar-name\">" << escaped(component_word(reach.component, page.words))
            << "</span><span class=\"track\" aria-hidden=\"true\">";
        write_bar(out, "promised", share(reach.promised, reach.registered));
        write_bar(out, "delivered", share(reach.delivered, reach.registered));
        write_bar(out, "confirmed", share(reach.confirmed, reach.registered));
        out << "</span><span class=\"bar-text\">"
            << page.html("reach.bar"_msg,
                         {{"promised", page.numbers.percent(share(reach.promised, reach.registered))},
                          {"delivered", page.numbers.percent(share(reach.delivered, reach.registered))},
                          {"confirmed", page.numbers.percent(share(reach.confirmed, reach.registered))}})
            << "</span></li>\n";
    }
    out << "</ul>\n<ul class=\"chart-legend\"><li><span class=\"chip promised\"></span>"
        << page.html("head.promised"_msg) << "</li><li><span class=\"chip delivered\"></span>"
        << page.html("head.delivered"_msg) << "</li><li><span class=\"chip confirmed\"></span>"
        << page.html("head.confirmed"_msg) << "</li></ul>\n</figure>\n";
}

struct Line {
    std::string name;  ///< HTML
    Reach reach;
};

HtmlTable reach_table(const PageContext& page, const std::string& caption, const std::string& first_head,
                      const std::vector<Line>& lines) {
    HtmlTable table{caption,
                    {first_head, page.html("head.registered"_msg), page.html("head.promised"_msg),
                     page.html("head.delivered"_msg), page.html("head.confirmed"_msg), page.html("head.disputed"_msg)},
                    {},
                    "numbers"};
    for (const Line& line : lines) {
        const Reach& r = line.reach;
        table.rows.push_back({line.name, page.numbers.integer(r.registered),
                              count_and_share(page, r.promised, r.registered),
                              count_and_share(page, r.delivered, r.registered),
                              count_and_share(page, r.confirmed, r.registered), page.numbers.integer(r.disputed)});
    }
    table.source = "coverage?component=any&sex=all&ethnicity=all";
    return table;
}

void add(Reach& sum, const livelihoods::CoverageRow& row) {
    sum.registered += row.registered;
    sum.promised += row.promised;
    sum.delivered += row.delivered;
    sum.confirmed += row.confirmed;
    sum.disputed += row.disputed;
}

std::string group_word(const std::string& prefix, std::string_view value, const Catalogue& words) {
    return words.find(prefix + std::string(value)).value_or(std::string(value));
}

/// Sums over regions for any component, one line per group, sex and ethnicity.
std::vector<Line> group_lines(const PageContext& page) {
    std::map<std::pair<int, std::string>, Reach> sums;
    for (const auto& row : page.results.coverage) {
        if (row.period != page.figures.coverage_period || row.component != "any") continue;
        if (row.group != "all") add(sums[{0, group_word("group.", row.group, page.words)}], row);
        if (row.sex != "all") add(sums[{1, group_word("sex.", row.sex, page.words)}], row);
        if (row.ethnicity != "all") add(sums[{2, group_word("ethnicity.", row.ethnicity, page.words)}], row);
    }
    std::vector<Line> lines;
    for (const auto& [key, sum] : sums)
        lines.push_back({escaped(shortened(key.second, 60)), sum});
    return lines;
}

std::vector<Line> region_lines(const PageContext& page) {
    std::map<std::string, std::string> names;
    if (page.results.regions) {
        for (const auto& region : page.results.regions->regions())
            names[region.id] = region.name;
    }
    std::vector<Line> lines;
    for (const auto& [id, sum] : page.figures.reach_by_region) {
        const auto name = names.find(id);
        lines.push_back({escaped(shortened(name == names.end() ? id : name->second, 80)), sum});
    }
    return lines;
}

}  // namespace

void write_reach_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "reach", "section.reach"_msg);
    if (!page.figures.reach.empty()) {
        write_bars(out, page);
        const auto groups = group_lines(page);
        if (!groups.empty()) {
            write_table(out, reach_table(page, page.html("reach.by_group"_msg), page.html("head.group"_msg), groups));
        }
        std::ostringstream regions;
        write_table(regions, reach_table(page, page.html("reach.by_region"_msg), page.html("head.region"_msg),
                                         region_lines(page)));
        write_details(out, page.html("reach.by_region"_msg), regions.str(), whole_table_note(page, "coverage"));
    }
    write_reach_findings(out, page);
    write_section_end(out, page, "reach");
}

}  // namespace vereda::report
