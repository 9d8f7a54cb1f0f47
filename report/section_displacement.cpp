#include <sstream>

#include "report/displacement_words.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string number_or_dash(const PageContext& page, std::optional<double> value) {
    return value ? page.numbers.number(*value, 3) : "–";
}

void write_looks(std::ostream& out, const PageContext& page, const regions::DisplacementResult& result) {
    HtmlTable table{page.html("displacement.looks"_msg),
                    {page.html("head.estimator"_msg), page.html("head.belt"_msg), page.html("head.estimate"_msg),
                     page.html("head.interval"_msg), page.html("head.p_value"_msg), page.html("head.note"_msg)},
                    {},
                    "numbers compact",
                    20,
                    whole_table_note(page, "displacement")};
    for (const regions::DisplacementRow& row : result.looks) {
        const std::string interval =
            row.lo && row.hi ? page.numbers.number(*row.lo, 3) + " – " + page.numbers.number(*row.hi, 3) : "–";
        table.rows.push_back({escaped(row.estimator), page.numbers.plain(row.belt_m / 1000) + "&nbsp;km",
                              number_or_dash(page, row.estimate), interval, number_or_dash(page, row.p_value),
                              escaped(row.note)});
    }
    table.source = "displacement";
    write_table(out, table);
}

std::string adding_up_table_html(const PageContext& page, const regions::DisplacementResult& result) {
    HtmlTable table{page.html("displacement.adding_up"_msg),
                    {page.html("head.years"_msg), page.html("head.place"_msg), page.html("head.before"_msg),
                     page.html("head.after"_msg), page.html("head.removed"_msg)},
                    {},
                    "numbers compact"};
    for (const regions::AddingUpRow& row : result.adding_up)
        table.rows.push_back({std::to_string(row.from_year) + "–" + std::to_string(row.to_year),
                              escaped(regions::name_of(row.place)), page.numbers.hectares(geo::Hectares(row.before_ha)),
                              page.numbers.hectares(geo::Hectares(row.after_ha)),
                              page.numbers.hectares(geo::Hectares(row.removed_ha))});
    std::ostringstream text;
    table.source = "adding_up";
    write_table(text, table);
    return text.str();
}

}  // namespace

void write_displacement_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "displacement", "section.displacement"_msg);
    if (!page.results.displacement) return write_section_end(out, page, "displacement");
    const DisplacementFindings& findings = *page.results.displacement;
    for (const std::string& sentence : displacement_reasons(findings, page.words))
        out << "<p>" << escaped(sentence) << "</p>\n";
    if (!findings.result.looks.empty()) write_looks(out, page, findings.result);
    if (!findings.result.adding_up.empty())
        write_details(out, page.html("displacement.adding_up"_msg), adding_up_table_html(page, findings.result),
                      whole_table_note(page, "adding_up"));
    write_section_end(out, page, "displacement");
}

}  // namespace vereda::report
