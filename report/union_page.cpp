#include "report/union_page.hpp"

#include <algorithm>
#include <locale>

#include "report/labels.hpp"
#include "report/number_format.hpp"
#include "report/page_frame.hpp"
#include "report/safe_text.hpp"
#include "report/small_plot_words.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using livelihoods::FamilyVerdict;

using Families = std::span<const FamilyVerdict* const>;

void write_overview(std::ostream& out, Families families, const Catalogue& words) {
    const NumberFormat numbers(words.language());
    const auto html = [&](geo::MessageId id) { return escaped(words.text(id)); };
    HtmlTable table{
        html("union.families"_msg),
        {html("head.family"_msg), html("head.pack"_msg), html("head.measured_on"_msg), html("head.area"_msg),
         html("head.limit"_msg), html("head.verdict"_msg), html("head.questions"_msg)},
        {},
        "prose"};
    for (const FamilyVerdict* family : families) {
        table.rows.push_back({escaped(family->household_id), escaped(family->pack),
                              escaped(long_date(family->day, words)), numbers.square_metres(family->area.area),
                              family->limit ? numbers.square_metres(*family->limit) : html("value.no_rule"_msg),
                              escaped(verdict_word(family->area.verdict, words)),
                              numbers.integer(static_cast<long long>(family->findings.size()))});
    }
    write_table(out, table);
}

void write_language(std::ostream& out, Families families, const std::string& union_name, const Catalogue& words) {
    const auto html = [&](geo::MessageId id, const geo::MessageArguments& arguments = {}) {
        return escaped(words.text(id, arguments));
    };
    write_language_start(out, words);
    out << "<header class=\"top\">\n<p class=\"mark\"><strong>" << html("edition.internal"_msg) << "</strong> "
        << html("union.mark"_msg) << "</p>\n<h1>" << escaped(union_name) << "</h1>\n<p class=\"lede\">"
        << html("union.lede"_msg, {{"families", std::to_string(families.size())}}) << "</p>\n</header>\n<main>\n"
        << "<p class=\"promise\">" << html("small_plots.no_force"_msg) << "</p>\n";
    write_overview(out, families, words);
    const bool overdue =
        std::ranges::any_of(families, [](const FamilyVerdict* family) { return family->inspection_overdue; });
    if (overdue) out << "<p>" << html("union.inspections_overdue"_msg) << "</p>\n";
    for (const FamilyVerdict* family : families) {
        out << "<section><h2>" << escaped(family->household_id) << "</h2>\n<ul>\n";
        for (const std::string& sentence : explained(*family, words))
            out << "<li>" << escaped(sentence) << "</li>\n";
        out << "</ul></section>\n";
    }
    out << "</main>\n";
    write_language_end(out);
}

}  // namespace

void write_union_page(std::ostream& out, Families families, const std::string& union_name,
                      std::span<const Catalogue> languages) {
    const std::locale before = out.imbue(std::locale::classic());
    std::string mark;
    for (const Catalogue& words : languages)
        mark += (mark.empty() ? "" : " · ") + words.text("edition.internal"_msg);
    const PageFrame frame{union_name + " · vereda", "internal", "vereda · " + mark + " · " + shortened(union_name, 60),
                          ""};
    write_page_start(out, frame, languages, languages.front().language());
    for (const Catalogue& words : languages)
        write_language(out, families, union_name, words);
    write_page_end(out);
    out.imbue(before);
}

}  // namespace vereda::report
