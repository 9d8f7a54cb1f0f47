#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string area_text(const PageContext& page, const CropTotal& total) {
    return page.numbers.hectares(total.area, total.lo, total.hi);
}

void write_chart(std::ostream& out, const PageContext& page, const std::vector<CropTotal>& totals) {
    const std::string crop(regions::name_of(totals.front().crop));
    const std::string crop_name = crop_word(totals.front().crop, page.words);
    std::vector<int> years;
    double highest = 0;
    std::string description;
    for (const CropTotal& total : totals) {
        years.push_back(total.year);
        highest = std::max(highest, total.hi.value_or(total.area).value());
        description += std::to_string(total.year) + ": " + area_text(page, total) + ". ";
    }
    out << "<figure>\n<figcaption>" << page.html("plots.chart"_msg, {{"crop", crop_name}}) << "</figcaption>\n";
    {
        ColumnChart chart(out, page,
                          {page.anchor("area-" + crop), page.html("plots.chart"_msg, {{"crop", crop_name}}),
                           description, page.html("unit.hectares"_msg)},
                          years, highest);
        for (std::size_t i = 0; i < totals.size(); ++i) {
            const CropTotal& total = totals[i];
            const std::string title = std::to_string(total.year) + ": " + area_text(page, total);
            const double hi = total.hi.value_or(total.area).value();
            if (total.observed_share < 0.9995) chart.column(i, total.area.value(), hi, "unseen-column", title);
            chart.column(i, 0, total.area.value(), "column " + crop, title);
            if (total.lo && total.hi) chart.whisker(i, total.lo->value(), hi);
            if (years.size() <= 12) chart.note_below(i, page.numbers.number(total.observed_share * 100, 0) + "%");
        }
    }
    out << "<p class=\"key\">" << page.html("plots.chart.key"_msg) << "</p>\n</figure>\n";
}

void write_totals(std::ostream& out, const PageContext& page) {
    HtmlTable table{
        page.html("plots.table"_msg),
        {page.html("head.crop"_msg), page.html("head.year"_msg), page.html("head.plots"_msg),
         page.html("head.area_interval"_msg), page.html("head.observed"_msg), page.html("head.regions_unseen"_msg)},
        {},
        "numbers",
        14,
        whole_table_note(page, "plot_area")};
    const bool sampled =
        std::ranges::any_of(page.figures.crops, [](const CropTotal& t) { return t.sampled.has_value(); });
    if (sampled) table.header.push_back(page.html("head.area_sampled"_msg));
    for (const CropTotal& total : page.figures.crops) {
        table.rows.push_back({escaped(crop_word(total.crop, page.words)), std::to_string(total.year),
                              page.numbers.integer(total.plots), area_text(page, total),
                              page.numbers.percent(total.observed_share), page.numbers.integer(total.regions_unseen)});
        if (!sampled) continue;
        table.rows.back().push_back(
            total.sampled ? page.numbers.hectares(total.sampled->area, total.sampled->lo, total.sampled->hi)
                          : page.html("value.unknown"_msg));
    }
    table.source = "plot_area";
    write_table(out, table);
    out << "<p class=\"key\">" << page.html(sampled ? "plots.interval.sampled"_msg : "plots.interval.unsampled"_msg)
        << "</p>\n";
}

/// Region by year for one crop.
std::string region_table(const PageContext& page, regions::Crop crop) {
    std::map<std::string, std::pair<std::string, std::map<int, const regions::PlotAreaRow*>>> regions;
    std::map<int, bool> years;
    for (const auto& row : page.results.plot_area) {
        if (row.crop != crop) continue;
        auto& [name, by_year] = regions[row.region_id];
        name = row.region_name;
        by_year[row.year] = &row;
        years[row.year] = true;
    }
    HtmlTable table{page.html("plots.by_region"_msg, {{"crop", crop_word(crop, page.words)}}),
                    {page.html("head.region"_msg)},
                    {},
                    "numbers compact"};
    for (const auto& [year, present] : years)
        table.header.push_back(std::to_string(year));
    for (const auto& [id, entry] : regions) {
        std::vector<std::string> cells{escaped(shortened(entry.first, 80))};
        for (const auto& [year, present] : years) {
            const auto row = entry.second.find(year);
            cells.push_back(
                row == entry.second.end() || !row->second->area
                    ? "<span class=\"unknown\">" + page.html("value.not_observed"_msg) + "</span>"
                    : page.numbers.hectares(*row->second->area, row->second->area_lo, row->second->area_hi));
        }
        table.rows.push_back(std::move(cells));
    }
    std::ostringstream text;
    table.source = "plot_area?crop=" + std::string(regions::name_of(crop));
    write_table(text, table);
    return text.str();
}

/// The whole of the study, step by step.
void write_adjusted(std::ostream& out, const PageContext& page) {
    HtmlTable table{page.html("plots.adjusted"_msg),
                    {page.html("head.crop"_msg), page.html("head.year"_msg), page.html("plots.adjusted.raw"_msg),
                     page.html("plots.adjusted.date"_msg), page.html("plots.adjusted.gap"_msg),
                     page.html("plots.adjusted.control"_msg), page.html("plots.adjusted.final"_msg)},
                    {},
                    "numbers",
                    14,
                    whole_table_note(page, "area_adjusted")};
    const bool one_region = page.results.regions && page.results.regions->regions().size() == 1;
    const auto whole = one_region ? regions::AreaLevel::region : regions::AreaLevel::all;
    for (const auto& row : page.results.area_adjusted) {
        if (row.unit.level != whole || !row.final_area) continue;
        const auto step = [&](std::int64_t square_metres) {
            return page.numbers.hectares(regions::hectares_of(square_metres));
        };
        table.rows.push_back({escaped(crop_word(row.crop, page.words)), std::to_string(row.year),
                              row.raw ? page.numbers.hectares(*row.raw) : page.html("value.not_observed"_msg),
                              step(row.ledger.date_m2), step(row.ledger.gap_m2), step(-row.ledger.control_m2),
                              page.numbers.hectares(*row.final_area, row.final_lo, row.final_hi)});
    }
    table.source = "area_adjusted";
    if (!table.rows.empty()) write_table(out, table);
}

/// Cells by class; shares by region stand in the table permanence_regions.
void write_permanence(std::ostream& out, const PageContext& page) {
    if (!page.results.permanence) return;
    for (const auto& series : page.results.permanence->crops) {
        const geo::MessageArguments arguments{{"crop", crop_word(series.crop, page.words)},
                                              {"from", std::to_string(series.window.from_year)},
                                              {"to", std::to_string(series.window.to_year)}};
        HtmlTable table{page.html("plots.permanence"_msg, arguments),
                        {page.html("plots.permanence.class"_msg), page.html("plots.permanence.cells"_msg),
                         page.html("plots.permanence.possible"_msg), page.html("plots.permanence.likely"_msg)},
                        {},
                        "numbers",
                        0,
                        whole_table_note(page, "permanence")};
        const std::array names{page.html("permanence.new"_msg), page.html("permanence.abandoned"_msg),
                               page.html("permanence.permanent"_msg), page.html("permanence.intermittent"_msg),
                               page.html("permanence.never"_msg)};
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto permanence = static_cast<regions::PermanenceClass>(i);
            long sure = 0;
            long possible = 0;
            long likely = 0;
            for (const auto& cell : series.cells) {
                sure += cell.possible.single() == permanence ? 1 : 0;
                possible += cell.possible.holds(permanence) ? 1 : 0;
                likely += cell.likely == permanence ? 1 : 0;
            }
            table.rows.push_back(
                {names[i], page.numbers.integer(sure), page.numbers.integer(possible), page.numbers.integer(likely)});
        }
        table.source = "permanence?crop=" + std::string(regions::name_of(series.crop));
        write_table(out, table);
        out << "<p class=\"key\">" << page.html("plots.permanence.note"_msg) << "</p>\n";
    }
}

}  // namespace

void write_plots_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "plots", "section.plots"_msg);
    std::map<regions::Crop, std::vector<CropTotal>> by_crop;
    for (const CropTotal& total : page.figures.crops)
        by_crop[total.crop].push_back(total);
    if (!by_crop.empty()) {
        out << "<div class=\"figures\">\n";
        for (const auto& [crop, totals] : by_crop)
            write_chart(out, page, totals);
        out << "</div>\n";
        write_totals(out, page);
        write_adjusted(out, page);
        write_permanence(out, page);
        for (const auto& [crop, totals] : by_crop) {
            write_details(out, page.html("plots.by_region"_msg, {{"crop", crop_word(crop, page.words)}}),
                          region_table(page, crop), whole_table_note(page, "plot_area"));
        }
    }
    write_section_end(out, page, "plots");
}

}  // namespace vereda::report
