#include <algorithm>
#include <map>
#include <sstream>

#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

constexpr std::size_t listed_at_most = 200;

geo::MessageId analysis_word(const std::string& analysis) {
    for (const std::string_view of_plots :
         {"plot_area", "area_adjusted", "boundaries", "tracks", "permanence", "eradication_check"}) {
        if (analysis == of_plots) return "section.plots"_msg;
    }
    if (analysis == "loss") return "section.forest"_msg;
    if (analysis == "coverage" || analysis == "income_bridge" || analysis == "travel_times") return "section.reach"_msg;
    if (analysis == "displacement") return "section.displacement"_msg;
    if (analysis == "readiness") return "section.readiness"_msg;
    if (analysis == "sequence_audit") return "section.order"_msg;
    if (analysis == "small_plots") return "section.small_plots"_msg;
    return "section.welfare"_msg;
}

geo::MessageId severity_word(geo::Severity severity) {
    switch (severity) {
        case geo::Severity::note:
            return "severity.note"_msg;
        case geo::Severity::warning:
            return "severity.warning"_msg;
        case geo::Severity::problem:
            return "severity.problem"_msg;
    }
    return "severity.note"_msg;
}

void write_skipped(std::ostream& out, const PageContext& page) {
    if (page.results.skipped.empty()) return;
    out << "<h3>" << page.html("record.skipped"_msg) << "</h3>\n<ul>\n";
    for (const SkippedAnalysis& skipped : page.results.skipped) {
        out << "<li><strong>" << page.html(analysis_word(skipped.analysis))
            << "</strong>: " << escaped(page.words.text(skipped.reason)) << "</li>\n";
    }
    out << "</ul>\n";
}

std::string diagnostics_table(const PageContext& page) {
    HtmlTable table{page.html("record.diagnostics.table"_msg),
                    {page.html("head.severity"_msg), page.html("head.message"_msg), page.html("head.place"_msg),
                     page.html("head.area_changed"_msg)},
                    {},
                    "prose"};
    for (const auto& diagnostic : page.results.diagnostics) {
        if (table.rows.size() == listed_at_most) break;
        table.rows.push_back({page.html(severity_word(diagnostic.severity)),
                              escaped(shortened(page.words.text(diagnostic.message), 400)),
                              escaped(shortened(place_text(diagnostic.locus, page.words), 200)),
                              diagnostic.area_changed ? page.numbers.square_metres(*diagnostic.area_changed) : "–"});
    }
    std::ostringstream text;
    table.source = "diagnostics";
    write_table(text, table);
    return text.str();
}

void write_diagnostics(std::ostream& out, const PageContext& page) {
    const auto count = [&](geo::Severity severity) {
        return page.numbers.integer(
            static_cast<long>(std::ranges::count(page.results.diagnostics, severity, &geo::Diagnostic::severity)));
    };
    out << "<h3>" << page.html("record.diagnostics"_msg) << "</h3>\n<p>"
        << page.html("record.diagnostics.count"_msg,
                     {{"notes", count(geo::Severity::note)}, {"warnings", count(geo::Severity::warning)}})
        << "</p>\n";
    if (page.results.diagnostics.empty()) return;
    write_details(out, page.html("record.diagnostics.table"_msg), diagnostics_table(page),
                  page.html("page.whole_file"_msg, {{"file", "diagnostics.csv"}}));
    if (page.results.diagnostics.size() > listed_at_most) {
        out << "<p class=\"note\">"
            << page.html("record.diagnostics.more"_msg,
                         {{"shown", page.numbers.integer(static_cast<long>(listed_at_most))},
                          {"total", page.numbers.integer(static_cast<long>(page.results.diagnostics.size()))}})
            << "</p>\n";
    }
}

std::string pairs_table(const std::string& caption, const PageContext& page,
                        const std::vector<std::pair<std::string, std::string>>& pairs) {
    HtmlTable table{caption, {page.html("head.name"_msg), page.html("head.value"_msg)}, {}, "prose"};
    for (const auto& [key, value] : pairs)
        table.rows.push_back({escaped(key), escaped(shortened(value, 400))});
    std::ostringstream text;
    write_table(text, table);
    return text.str();
}

/// The name that the WKT gives the CRS, else its beginning.
std::string crs_name(const std::string& wkt) {
    const std::size_t open = wkt.find('"');
    const std::size_t close = open == std::string::npos ? open : wkt.find('"', open + 1);
    return close == std::string::npos ? wkt : wkt.substr(open + 1, close - open - 1);
}

void write_provenance(std::ostream& out, const PageContext& page) {
    const Provenance& provenance = page.results.provenance;
    out << "<h3>" << page.html("record.provenance"_msg) << "</h3>\n<p>"
        << page.html("record.provenance.about"_msg, {{"version", provenance.vereda_version},
                                                     {"crs", shortened(crs_name(provenance.analysis_crs), 200)},
                                                     {"seed", std::to_string(provenance.seed)}})
        << "</p>\n";
    HtmlTable inputs{page.html("record.inputs"_msg),
                     {page.html("head.role"_msg), page.html("head.file"_msg), page.html("head.sha256"_msg)},
                     {},
                     "prose"};
    for (const InputFile& input : provenance.inputs) {
        inputs.rows.push_back({escaped(input.role), escaped(shortened(input.path, 200)),
                               "<code class=\"hash\">" + escaped(input.sha256) + "</code>"});
    }
    std::ostringstream text;
    write_table(text, inputs);
    const std::string in_run_json = page.html("page.whole_file"_msg, {{"file", "run.json"}});
    write_details(out, page.html("record.inputs"_msg), text.str(), in_run_json);
    write_details(out, page.html("record.parameters"_msg),
                  pairs_table(page.html("record.parameters"_msg), page, provenance.parameters), in_run_json);
    write_details(out, page.html("record.versions"_msg),
                  pairs_table(page.html("record.versions"_msg), page, provenance.library_versions), in_run_json);
}

}  // namespace

void write_record_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "record", "section.record"_msg);
    out << "<p>" << page.html("method.intro"_msg) << "</p>\n";
    write_skipped(out, page);
    write_diagnostics(out, page);
    write_provenance(out, page);
    out << "</section>\n<footer><p>" << page.html("page.footer"_msg) << "</p></footer>\n";
}

}  // namespace vereda::report
