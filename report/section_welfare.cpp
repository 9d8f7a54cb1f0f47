#include <algorithm>
#include <map>

#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/reasons.hpp"
#include "report/sections.hpp"
#include "report/welfare_cells.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string unknown_cell(const PageContext& page) {
    return "<span class=\"unknown\">" + page.html("value.unknown"_msg) + "</span>";
}

std::string trend_mark(const PageContext& page, Trend trend) {
    switch (trend) {
        case Trend::better:
            return " <span class=\"trend better\"><span aria-hidden=\"true\">▲</span><span class=\"vh\">" +
                   page.html("trend.better"_msg) + "</span></span>";
        case Trend::worse:
            return " <span class=\"trend worse\"><span aria-hidden=\"true\">▼</span><span class=\"vh\">" +
                   page.html("trend.worse"_msg) + "</span></span>";
        case Trend::same:
            return " <span class=\"trend same\"><span aria-hidden=\"true\">≈</span><span class=\"vh\">" +
                   page.html("trend.same"_msg) + "</span></span>";
        case Trend::unknown:
            return "";
    }
    return "";
}

std::string welfare_cell(const PageContext& page, const WelfareCell& cell) {
    if (!cell.latest || !cell.latest->value) return unknown_cell(page);
    const auto& row = *cell.latest;
    std::string text = welfare_number(page, *row.value, row.unit) + trend_mark(page, cell.trend);
    if (row.lo && row.hi) {
        text += "<br><span class=\"soft\">" + welfare_number(page, *row.lo, row.unit) + "–" +
                welfare_number(page, *row.hi, row.unit) + "</span>";
    }
    return text;
}

/// Hectares of all crops in the region's last year, with interval; not observed where no part of any crop was seen.
std::string crop_cell(const PageContext& page, const std::string& region) {
    int last = 0;
    for (const auto& row : page.results.plot_area) {
        if (row.region_id == region) last = std::max(last, row.year);
    }
    std::optional<geo::Hectares> area;
    geo::Hectares lo;
    geo::Hectares hi;
    for (const auto& row : page.results.plot_area) {
        if (row.region_id != region || row.year != last || !row.area) continue;
        area = area.value_or(geo::Hectares(0)) + *row.area;
        lo += row.area_lo.value_or(*row.area);
        hi += row.area_hi.value_or(*row.area);
    }
    if (!area) return "<span class=\"unknown\">" + page.html("value.not_observed"_msg) + "</span>";
    const std::string whole = page.numbers.hectares(*area, lo, hi);
    return whole + " <span class=\"soft\">" + std::to_string(last) + "</span>";
}

std::string unit_of(const PageContext& page, const std::string& indicator) {
    for (const auto& row : page.results.welfare) {
        if (row.indicator == indicator && !row.unit.empty()) {
            return escaped(unit_word(row.unit, page.words));
        }
    }
    return "";
}

void write_matrix(std::ostream& out, const PageContext& page) {
    const WelfareFigures& welfare = page.figures.welfare;
    HtmlTable table{page.html("welfare.table"_msg),
                    {page.html("head.region"_msg), page.html("head.crop_area"_msg)},
                    {},
                    "numbers welfare",
                    30,
                    whole_table_note(page, "welfare")};
    for (const std::string& indicator : welfare.indicators) {
        const std::string unit = unit_of(page, indicator);
        table.header.push_back(escaped(indicator_word(indicator, page.results, page.words)) +
                               (unit.empty() ? "" : " <span class=\"soft\">" + unit + "</span>"));
    }
    std::map<std::string, std::string> names;
    if (page.results.regions) {
        for (const auto& region : page.results.regions->regions())
            names[region.id] = region.name;
    }
    for (const auto& [region, cells_by_indicator] : welfare.by_region) {
        const auto name = names.find(region);
        std::vector<std::string> cells{escaped(shortened(name == names.end() ? region : name->second, 80)),
                                       crop_cell(page, region)};
        for (const std::string& indicator : welfare.indicators) {
            const auto cell = cells_by_indicator.find(indicator);
            cells.push_back(cell == cells_by_indicator.end() ? unknown_cell(page) : welfare_cell(page, cell->second));
        }
        table.rows.push_back(std::move(cells));
    }
    table.source = "welfare";
    write_table(out, table);
    out << "<p class=\"key\">" << page.html("welfare.key"_msg) << "</p>\n";
}

}  // namespace

void write_welfare_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "welfare", "section.welfare"_msg);
    if (page.figures.welfare.cells > 0) write_matrix(out, page);
    write_section_end(out, page, "welfare");
}

}  // namespace vereda::report
