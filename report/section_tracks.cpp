#include <algorithm>
#include <array>
#include <map>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

/// Plots of one crop and year by what became of them.
struct YearOfTracks {
    long kept = 0;    ///< seen again, the plots that came back among them
    long back = 0;    ///< of them, returned or replanted
    long begun = 0;   ///< seen for the first time
    long gone = 0;    ///< observed without them
    long hidden = 0;  ///< not observed
    long open = 0;    ///< in the review list
};

using TracksByYear = std::map<regions::Crop, std::map<int, YearOfTracks>>;

void count(YearOfTracks& year, regions::TrackEvent event, bool seen) {
    using enum regions::TrackEvent;
    switch (event) {
        case appeared:
            ++year.begun;
            break;
        case returned:
        case replanted:
            ++year.back;
            ++year.kept;
            break;
        case removed:
        case abandoned:
        case absent:
        case rotated:
            ++year.gone;
            break;
        case lost_to_view:
        case not_observed:
            ++year.hidden;
            break;
        case uncertain:
            ++year.open;
            break;
        case pruned_or_renewed:
            ++(seen ? year.kept : year.gone);
            break;
        case persisted:
        case grew:
        case shrank:
        case moved:
        case split:
        case merged:
            ++year.kept;
            break;
    }
}

TracksByYear tracks_by_year(const regions::PlotTracks& tracks) {
    TracksByYear years;
    for (const regions::TrackRow& row : tracks.rows)
        count(years[row.crop][row.year], row.event, !row.plot_id.empty());
    return years;
}

geo::MessageArguments arguments_of(const PageContext& page, regions::Crop crop, int year, const YearOfTracks& counted) {
    const auto number = [&](long value) { return page.numbers.integer(value); };
    return {{"crop", crop_word(crop, page.words)}, {"year", std::to_string(year)},   {"kept", number(counted.kept)},
            {"back", number(counted.back)},        {"begun", number(counted.begun)}, {"gone", number(counted.gone)},
            {"hidden", number(counted.hidden)},    {"open", number(counted.open)}};
}

/// Seen again, seen first, and on top those that nobody could look for.
void write_chart(std::ostream& out, const PageContext& page, regions::Crop crop,
                 const std::map<int, YearOfTracks>& years) {
    std::vector<int> names;
    long highest = 0;
    std::string description;
    for (const auto& [year, counted] : years) {
        names.push_back(year);
        highest = std::max(highest, counted.kept + counted.begun + counted.hidden);
        description += page.html("tracks.year"_msg, arguments_of(page, crop, year, counted)) + " ";
    }
    const std::string word(regions::name_of(crop));
    const std::string title = page.html("tracks.chart"_msg, {{"crop", crop_word(crop, page.words)}});
    out << "<figure>\n<figcaption>" << title << "</figcaption>\n";
    {
        ColumnChart chart(out, page, {page.anchor("tracks-" + word), title, description, page.html("unit.plots"_msg)},
                          names, static_cast<double>(highest));
        std::size_t i = 0;
        for (const auto& [year, counted] : years) {
            const std::string told = page.html("tracks.year"_msg, arguments_of(page, crop, year, counted));
            const auto kept = static_cast<double>(counted.kept);
            const double seen = kept + static_cast<double>(counted.begun);
            if (counted.hidden > 0)
                chart.column(i, seen, seen + static_cast<double>(counted.hidden), "unseen-column", told);
            if (counted.begun > 0) chart.column(i, kept, seen, "column begun " + word, told);
            if (counted.kept > 0) chart.column(i, 0, kept, "column " + word, told);
            ++i;
        }
    }
    out << "<p class=\"key\">" << page.html("tracks.chart.key"_msg) << "</p>\n</figure>\n";
}

void write_years(std::ostream& out, const PageContext& page, const TracksByYear& crops) {
    HtmlTable table{page.html("tracks.table"_msg),
                    {page.html("head.crop"_msg), page.html("head.year"_msg), page.html("tracks.kept"_msg),
                     page.html("tracks.back"_msg), page.html("tracks.begun"_msg), page.html("tracks.gone"_msg),
                     page.html("tracks.hidden"_msg), page.html("tracks.open"_msg)},
                    {},
                    "numbers"};
    for (const auto& [crop, years] : crops) {
        for (const auto& [year, counted] : years) {
            table.rows.push_back({escaped(crop_word(crop, page.words)), std::to_string(year),
                                  page.numbers.integer(counted.kept), page.numbers.integer(counted.back),
                                  page.numbers.integer(counted.begun), page.numbers.integer(counted.gone),
                                  page.numbers.integer(counted.hidden), page.numbers.integer(counted.open)});
        }
    }
    table.source = "tracks";
    write_table(out, table);
}

}  // namespace

void write_tracks_section(std::ostream& out, const PageContext& page) {
    if (!page.results.tracks || page.results.tracks->rows.empty()) return;
    write_section_start(out, page, "tracks", "section.tracks"_msg);
    const TracksByYear crops = tracks_by_year(*page.results.tracks);
    for (const auto& [crop, years] : crops) {
        const auto& [year, counted] = *years.rbegin();
        out << "<p class=\"answer\">" << page.html("tracks.answer"_msg, arguments_of(page, crop, year, counted))
            << "</p>\n";
    }
    out << "<div class=\"figures\">\n";
    for (const auto& [crop, years] : crops)
        write_chart(out, page, crop, years);
    out << "</div>\n";
    write_years(out, page, crops);
    out << "<p class=\"key\">" << page.html("tracks.limits"_msg) << "</p>\n</section>\n";
}

}  // namespace vereda::report
