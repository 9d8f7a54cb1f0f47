#include "report/evidence_sheet.hpp"

#include <locale>
#include <vector>

#include "evidence/qr_code.hpp"
#include "report/month_name.hpp"
#include "report/number_format.hpp"
#include "report/printed_page.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

constexpr std::string_view style = R"css(
@page{size:A4;margin:0}
*{box-sizing:border-box}
html{background:#e9e7e0}
body{margin:0;color:#17251f;font:10.5pt/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
.page{width:210mm;height:297mm;margin:8mm auto;padding:15mm 17mm 12mm;background:#fff;display:flex;flex-direction:column;overflow:hidden}
@media print{html{background:#fff}.page{margin:0;break-after:page}.page:last-of-type{break-after:auto}}
@media screen and (max-width:215mm){.page{width:auto;height:auto;margin:0;padding:6mm 5mm}}
header{display:flex;justify-content:space-between;gap:6mm;align-items:baseline;border-bottom:.6mm solid #1d5e4c;padding-bottom:2mm;margin-bottom:6mm}
header strong{background:#1d5e4c;color:#fff;letter-spacing:.09em;font-size:9pt;padding:.6mm 2.5mm;border-radius:1mm;white-space:nowrap}
header span{font-size:10pt;text-align:right}
h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;font-weight:600;line-height:1.15;margin:0}
h1{font-size:24pt;margin-bottom:3mm;text-wrap:balance}
h2{font-size:13pt;margin:0 0 1.5mm}
p{margin:0 0 2.5mm}
.lede{font-size:11.5pt;color:#3d4c45;max-width:160mm;margin-bottom:5mm}
table{border-collapse:collapse;width:100%;margin-bottom:6mm}
th,td{text-align:left;vertical-align:top;padding:1.9mm 3mm 1.9mm 0;border-bottom:.25mm solid #dcdfd6}
th{width:44mm;font-weight:600;color:#1d5e4c}
td b{font-size:13pt}
.disputed{display:inline-block;border:.35mm solid #8a2f06;color:#8a2f06;padding:0 1.5mm;border-radius:1mm;font-weight:600}
td ul{margin:0;padding:0;list-style:none}
.two{display:grid;grid-template-columns:1fr 1fr;gap:8mm;font-size:9.8pt}
.two ul{margin:0;padding-left:4.5mm}
.seal{margin-top:auto;display:grid;grid-template-columns:36mm 1fr;gap:6mm;align-items:center;background:#eaf1ec;border-radius:2mm;padding:4mm}
.seal svg{width:36mm;height:36mm;display:block}
code,pre{font-family:ui-monospace,"DejaVu Sans Mono","Liberation Mono",monospace;font-size:8.6pt}
pre{background:#f3f2ec;border-left:1mm solid #1d5e4c;margin:1mm 0 2mm;padding:1.6mm 3mm;white-space:pre-wrap;line-height:1.35}
ol{margin:0 0 3mm;padding-left:6mm}
ol>li{margin-bottom:2.4mm}
ol>li::marker{font-weight:700;color:#1d5e4c}
.small{font-size:8.6pt;color:#55635c}
.check{font-size:9.8pt;line-height:1.38}
.check h1{font-size:20pt;margin-bottom:2mm}
.check header{margin-bottom:4.5mm}
.check pre{font-size:8.2pt;margin:.7mm 0 1.2mm;padding:1.2mm 3mm}
.check ol>li{margin-bottom:1.6mm}
.check h2{margin-top:2mm}
.check .two{font-size:9.2pt}
.foot{display:flex;justify-content:space-between;font-size:8.2pt;color:#55635c;margin-top:4mm}
)css";

struct SheetContext {
    const EvidenceSheet& sheet;
    const Catalogue& words;
    NumberFormat numbers;
    [[nodiscard]] std::string html(geo::MessageId id, const geo::MessageArguments& arguments = {}) const {
        return escaped(words.text(id, arguments));
    }
    /// Whole or half hectares, as the statement has them.
    [[nodiscard]] std::string hectares(double value) const {
        return numbers.number(value, value == static_cast<double>(static_cast<long>(value)) ? 0 : 1) + "\u00a0ha";
    }
};

std::string crops(const SheetContext& page) {
    const auto& crops = page.sheet.statement.crops;
    if (crops.size() == 1 && crops.contains("coca")) return page.words.text("sheet.coca"_msg);
    if (crops.size() == 1 && crops.contains("poppy")) return page.words.text("sheet.poppy"_msg);
    if (crops.size() == 2 && !crops.contains("other")) return page.words.text("sheet.coca_and_poppy"_msg);
    return page.words.text("sheet.crops"_msg);
}

std::string months(const SheetContext& page) {
    const auto& statement = page.sheet.statement;
    if (!statement.first || !statement.last) return page.words.text("sheet.not_told"_msg);
    const std::string first = month_and_year(*statement.first, page.words);
    if (statement.first == statement.last) return first;
    return page.words.text("sheet.from_to"_msg,
                           {{"first", first}, {"last", month_and_year(*statement.last, page.words)}});
}

std::string title(const SheetContext& page) {
    const auto& area = page.sheet.statement.area;
    const std::string what = crops(page);
    if (!area) return page.words.text("sheet.title_without_area"_msg, {{"crops", what}});
    return page.words.text(page.sheet.statement.by_assembly ? "sheet.title_assembly"_msg : "sheet.title"_msg,
                           {{"hectares", page.hectares(area->hectares)}, {"crops", what}});
}

std::string area_cell(const SheetContext& page) {
    const auto& area = page.sheet.statement.area;
    if (!area) return page.html("sheet.area_withheld"_msg);
    std::string cell = "<b>" + escaped(page.hectares(area->hectares)) + "</b>";
    if (area->lo && area->hi) {
        cell +=
            " " + page.html("sheet.interval"_msg, {{"lo", page.hectares(*area->lo)}, {"hi", page.hectares(*area->hi)}});
    }
    return cell;
}

std::string place_cell(const SheetContext& page) {
    const auto& statement = page.sheet.statement;
    if (!statement.place) return page.html("sheet.place_withheld"_msg);
    return "<b>" + escaped(*statement.place) + "</b> " +
           page.html("sheet.families"_msg, {{"families", std::to_string(statement.families.value_or(0))}});
}

std::string people_cell(const SheetContext& page) {
    const auto& statement = page.sheet.statement;
    if (statement.people)
        return page.html("sheet.people"_msg,
                         {{"people", page.numbers.integer(static_cast<long long>(*statement.people))}});
    return page.html(statement.people_withheld ? "sheet.people_withheld"_msg : "sheet.not_told"_msg);
}

std::string satellite_cell(const SheetContext& page) {
    const auto& satellite = page.sheet.statement.satellite;
    if (!satellite) return page.html("sheet.not_compared"_msg);
    struct Row {
        double hectares;
        geo::MessageId id;
        bool marked;
    };
    std::string list = "<ul>";
    for (const Row& row :
         {Row{satellite->agree, "sheet.agree"_msg, false}, Row{satellite->disagree, "sheet.disagree"_msg, true},
          Row{satellite->not_detectable, "sheet.not_detectable"_msg, false},
          Row{satellite->not_observed, "sheet.not_observed"_msg, false}}) {
        if (row.hectares <= 0) continue;
        const std::string text = page.html(row.id, {{"hectares", page.hectares(row.hectares)}});
        list += row.marked ? "<li><span class=\"disputed\">" + text + "</span></li>" : "<li>" + text + "</li>";
    }
    return list + "</ul>";
}

void write_header(std::ostream& out, const SheetContext& page) {
    out << "<header><strong>" << page.html("sheet.mark"_msg) << "</strong><span>"
        << (page.sheet.statement.council ? escaped(*page.sheet.statement.council)
                                         : page.html("sheet.council_withheld"_msg))
        << "</span></header>\n";
}

void write_foot(std::ostream& out, const SheetContext& page, const char* number) {
    out << "<div class=\"foot\"><span>" << page.html("sheet.made_with"_msg) << "</span><span>"
        << page.html("sheet.page"_msg, {{"page", number}}) << "</span></div>\n";
}

std::string month_of(geo::Date day, const SheetContext& page) {
    const std::chrono::year_month_day parts(day);
    return month_and_year(parts.year() / parts.month(), page.words);
}

/// By months, as everything in the sheet: the day of a consent is the day of an assembly.
std::string permission(const SheetContext& page) {
    const EvidenceSheet& sheet = page.sheet;
    std::string text;
    if (sheet.consented)
        text = page.words.text("sheet.consented"_msg, {{"month", month_of(*sheet.consented, page)}}) + " ";
    text += sheet.until ? page.words.text("sheet.until"_msg, {{"month", month_of(*sheet.until, page)}})
                        : page.words.text("sheet.no_end"_msg);
    return text;
}

void write_facts(std::ostream& out, const SheetContext& page) {
    const auto row = [&](geo::MessageId head, const std::string& cell) {
        out << "<tr><th scope=\"row\">" << page.html(head) << "</th><td>" << cell << "</td></tr>\n";
    };
    out << "<table>\n";
    row("sheet.how_much"_msg, area_cell(page));
    row("sheet.when"_msg, escaped(months(page)));
    row("sheet.where"_msg, place_cell(page));
    row("sheet.decided_by"_msg,
        page.html(page.sheet.statement.by_assembly ? "sheet.by_assembly"_msg : "sheet.by_community"_msg));
    row("sheet.who"_msg, people_cell(page));
    row("sheet.satellite"_msg, satellite_cell(page));
    out << "</table>\n";
}

void write_first_page(std::ostream& out, const SheetContext& page) {
    out << "<section class=\"page\">\n";
    write_header(out, page);
    out << "<h1>" << escaped(title(page)) << "</h1>\n<p class=\"lede\">" << page.html("sheet.lede"_msg) << "</p>\n";
    write_facts(out, page);
    out << "<div class=\"two\"><div><h2>" << page.html("sheet.not_said"_msg) << "</h2><ul>";
    for (const geo::MessageId id : {"sheet.no_plots"_msg, "sheet.no_names"_msg, "sheet.no_days"_msg})
        out << "<li>" << page.html(id) << "</li>";
    out << "</ul></div><div><h2>" << page.html("sheet.permission"_msg) << "</h2><p>" << escaped(permission(page))
        << "</p><p>" << page.html("sheet.care"_msg) << "</p></div></div>\n<div class=\"seal\">"
        << evidence::svg_picture(evidence::QrCode(evidence::upper_case(page.sheet.checkpoint)),
                                 page.html("sheet.qr"_msg))
        << "<div><h2>" << page.html("sheet.code"_msg) << "</h2><p><code>" << escaped(page.sheet.checkpoint)
        << "</code></p><p class=\"small\">" << page.html("sheet.code_about"_msg) << "</p></div></div>\n";
    write_foot(out, page, "1");
    out << "</section>\n";
}

void write_step(std::ostream& out, const SheetContext& page, geo::MessageId what, const std::string& command,
                const std::string& answer) {
    out << "<li>" << page.html(what) << "<pre>" << escaped(command) << "</pre>" << answer << "</li>\n";
}

/// escaped() keeps to one line; the sealed words have several.
std::string preformatted(const std::string& text) {
    std::string html;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        html += escaped(std::string_view(text).substr(begin, end - begin)) + "\n";
        begin = end + 1;
    }
    return html;
}

void write_second_page(std::ostream& out, const SheetContext& page) {
    const EvidenceSheet& sheet = page.sheet;
    const std::string line = std::to_string(sheet.line);
    out << "<section class=\"page check\">\n";
    write_header(out, page);
    out << "<h1>" << page.html("sheet.check_title"_msg) << "</h1>\n<p>" << page.html("sheet.check_needs"_msg)
        << "</p>\n<ol>\n";
    write_step(out, page, "sheet.step_hash"_msg, "sha256sum statement.bin",
               page.html("sheet.step_hash_answer"_msg) + " <code>" + escaped(sheet.commitment) +
                   "</code><br><span class=\"small\">" + page.html("sheet.step_hash_windows"_msg) + "</span>");
    write_step(out, page, "sheet.step_grep"_msg,
               "grep -n " + sheet.commitment + " " + page.words.text("sheet.folder"_msg) + "/entries.log",
               page.html("sheet.step_grep_answer"_msg, {{"line", line}}));
    write_step(out, page, "sheet.step_verify"_msg,
               "python3 verify.py " + page.words.text("sheet.folder"_msg) + " --checkpoint checkpoint.txt",
               page.html("sheet.step_verify_answer"_msg));
    write_step(out, page, "sheet.step_files"_msg, "sha256sum -c SHA256SUMS", page.html("sheet.step_files_answer"_msg));
    out << "</ol>\n<h2>" << page.html("sheet.sealed_words"_msg) << "</h2>\n<pre>" << preformatted(sheet.words)
        << "</pre>\n<div class=\"two\"><div><h2>" << page.html("sheet.proves"_msg) << "</h2><p>"
        << page.html("sheet.proves_text"_msg) << "</p></div><div><h2>" << page.html("sheet.proves_not"_msg)
        << "</h2><p>" << page.html("sheet.proves_not_text"_msg) << "</p></div></div>\n";
    write_foot(out, page, "2");
    out << "</section>\n";
}

}  // namespace

void write_evidence_sheet(std::ostream& out, const EvidenceSheet& sheet, const Catalogue& words) {
    const std::locale before = out.imbue(std::locale::classic());
    const SheetContext page{sheet, words, NumberFormat(words.language())};
    write_printed_start(out, {title(page), words.language(), "public", style, false});
    write_first_page(out, page);
    write_second_page(out, page);
    write_printed_end(out);
    out.imbue(before);
}

}  // namespace vereda::report
