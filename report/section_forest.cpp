#include <algorithm>
#include <map>
#include <sstream>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

/// One shade a lag, the last for all longer ones; then the mechanisms that are not direct.
std::string shade_of(const std::string& mechanism) {
    if (const auto lag = lag_of(mechanism)) return "column lag" + std::to_string(std::min(*lag, 5));
    if (mechanism == "associated") return "column associated";
    return mechanism == "unattributed" ? "column not-crop" : "column other-mechanism";
}

void write_chart(std::ostream& out, const PageContext& page) {
    const LossTotals& loss = page.figures.loss;
    std::vector<int> years;
    double highest = 0;
    std::string description;
    for (const auto& [year, by_mechanism] : loss.by_year) {
        years.push_back(year);
        geo::Hectares sum;
        for (const auto& [mechanism, area] : by_mechanism)
            sum += area;
        highest = std::max(highest, sum.value());
        description += std::to_string(year) + ": " + page.numbers.hectares(sum) + ". ";
    }
    out << "<figure>\n<figcaption>" << page.html("forest.chart"_msg) << "</figcaption>\n";
    {
        ColumnChart chart(
            out, page,
            {page.anchor("loss"), page.html("forest.chart"_msg), description, page.html("unit.hectares"_msg)}, years,
            highest);
        std::size_t i = 0;
        for (const auto& [year, by_mechanism] : loss.by_year) {
            double base = 0;
            for (const std::string& mechanism : loss.mechanisms) {
                const auto found = by_mechanism.find(mechanism);
                if (found == by_mechanism.end() || found->second.value() <= 0) continue;
                chart.column(i, base, base + found->second.value(), shade_of(mechanism),
                             std::to_string(year) + ", " + escaped(mechanism_word(mechanism, page.words)) + ": " +
                                 page.numbers.hectares(found->second));
                base += found->second.value();
            }
            ++i;
        }
    }
    out << "<ul class=\"chart-legend\">";
    for (const std::string& mechanism : loss.mechanisms) {
        out << "<li><svg class=\"swatch\" viewBox=\"0 0 600 400\" aria-hidden=\"true\"><rect width=\"600\" "
               "height=\"400\" class=\""
            << shade_of(mechanism) << "\"/></svg>" << escaped(mechanism_word(mechanism, page.words)) << "</li>";
    }
    out << "</ul>\n</figure>\n";
}

/// The years that have a column of their own: at most eight, the last ones; what lies before is one column.
constexpr std::size_t year_columns = 8;

struct YearSpan {
    std::string head;
    int first = 0;
    int last = 0;
};

std::vector<YearSpan> year_spans(const LossTotals& loss) {
    std::vector<int> years;
    for (const auto& [year, by_mechanism] : loss.by_year)
        years.push_back(year);
    std::vector<YearSpan> spans;
    const std::size_t early = years.size() > year_columns ? years.size() - year_columns : 0;
    if (early > 0) {
        spans.push_back(
            {std::to_string(years.front()) + "–" + std::to_string(years[early - 1]), years.front(), years[early - 1]});
    }
    for (std::size_t i = early; i < years.size(); ++i)
        spans.push_back({std::to_string(years[i]), years[i], years[i]});
    return spans;
}

/// Of one mechanism, or of all where `mechanism` is empty.
geo::Hectares loss_within(const LossTotals& loss, const YearSpan& span, const std::string& mechanism) {
    geo::Hectares sum;
    for (auto year = loss.by_year.lower_bound(span.first); year != loss.by_year.upper_bound(span.last); ++year) {
        for (const auto& [name, area] : year->second) {
            if (mechanism.empty() || name == mechanism) sum += area;
        }
    }
    return sum;
}

/// Mechanisms down, years across: as wide as paper whatever the drivers.
void write_totals(std::ostream& out, const PageContext& page) {
    const LossTotals& loss = page.figures.loss;
    const std::vector<YearSpan> spans = year_spans(loss);
    HtmlTable table{page.html("forest.table"_msg), {page.html("head.mechanism"_msg)}, {}, "numbers compact", 0,
                    whole_table_note(page, "loss")};
    for (const YearSpan& span : spans)
        table.header.push_back(span.head);
    table.header.push_back(page.html("head.total"_msg));
    const YearSpan always{"", loss.by_year.begin()->first, loss.by_year.rbegin()->first};
    const auto line = [&](const std::string& name, const std::string& mechanism) {
        std::vector<std::string> cells{name};
        for (const YearSpan& span : spans)
            cells.push_back(page.numbers.number(loss_within(loss, span, mechanism).value(), 1));
        cells.push_back("<strong>" + page.numbers.number(loss_within(loss, always, mechanism).value(), 1) +
                        "</strong>");
        table.rows.push_back(std::move(cells));
    };
    for (const std::string& mechanism : loss.mechanisms)
        line(escaped(mechanism_word(mechanism, page.words)), mechanism);
    line(page.html("head.total"_msg), "");
    table.source = "loss";
    write_table(out, table);
}

std::string region_table(const PageContext& page) {
    struct Sum {
        geo::Hectares total;
        geo::Hectares direct;
        std::string name;
    };
    std::map<std::string, Sum> sums;
    for (const auto& row : page.results.loss) {
        Sum& sum = sums[row.region_id];
        sum.name = row.region_name;
        sum.total += row.area;
        if (lag_of(row.mechanism)) sum.direct += row.area;
    }
    HtmlTable table{page.html("forest.by_region"_msg),
                    {page.html("head.region"_msg), page.html("head.loss_total"_msg), page.html("head.loss_direct"_msg),
                     page.html("head.share"_msg)},
                    {},
                    "numbers"};
    for (const auto& [id, sum] : sums) {
        table.rows.push_back({escaped(shortened(sum.name, 80)), page.numbers.hectares(sum.total),
                              page.numbers.hectares(sum.direct),
                              sum.total.value() > 0 ? page.numbers.percent(sum.direct / sum.total) : "–"});
    }
    std::ostringstream text;
    table.source = "loss";
    write_table(text, table);
    return text.str();
}

/// Where new crop went, over all years: what it took there, and the carbon per hectare of crop.
void write_destinations(std::ostream& out, const PageContext& page) {
    struct Sum {
        geo::Hectares area;
        geo::Hectares forest;
        double carbon = 0;
        bool weighed = false;
    };
    std::map<std::string, Sum> sums;
    for (const regions::CropDestinationRow& row : page.results.crop_destinations) {
        Sum& sum = sums[row.destination];
        sum.area += row.area;
        if (!row.forest) continue;
        sum.forest += *row.forest;
        if (!row.biomass_t_ha) continue;
        sum.carbon += row.forest->value() * *row.biomass_t_ha * regions::CarbonFraction{}.mean;
        sum.weighed = true;
    }
    if (sums.empty()) return;
    HtmlTable table{page.html("forest.destinations"_msg),
                    {page.html("head.destination"_msg), page.html("head.new_crop"_msg),
                     page.html("head.forest_share"_msg), page.html("head.carbon_per_ha"_msg)},
                    {},
                    "numbers"};
    for (const auto& [name, sum] : sums)
        table.rows.push_back(
            {escaped(destination_word(name, page.words)), page.numbers.hectares(sum.area),
             sum.area.value() > 0 ? page.numbers.percent(sum.forest / sum.area) : "–",
             sum.weighed && sum.area.value() > 0 ? page.numbers.number(sum.carbon / sum.area.value(), 0) : "–"});
    write_table(out, table);
    out << "<p class=\"note\">" << page.html("forest.destinations_note"_msg) << "</p>\n";
}

}  // namespace

void write_forest_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "forest", "section.forest"_msg);
    if (!page.results.loss.empty()) {
        out << "<div class=\"figures\">\n";
        write_chart(out, page);
        out << "</div>\n";
        write_totals(out, page);
        write_destinations(out, page);
        write_details(out, page.html("forest.by_region"_msg), region_table(page), whole_table_note(page, "loss"));
    }
    write_section_end(out, page, "forest");
}

}  // namespace vereda::report
