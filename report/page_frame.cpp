#include "report/page_frame.hpp"

#include <fmt/format.h>

#include <locale>
#include <sstream>

#include "evidence/digest.hpp"
#include "report/packed_text.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

/// Keeps the document's language and the chosen years in step; the page works without it.
constexpr std::string_view script = R"js(
addEventListener('change',function(e){var i=e.target;
if(i.name==='lang'){document.documentElement.lang=i.value;return}
if(i.dataset.sync)document.querySelectorAll('input[data-sync="'+i.dataset.sync+'"]').forEach(function(o){o.checked=true})});
if(/^#(en|es)\b/.test(location.hash)){var r=document.getElementById('lang-'+location.hash.slice(1,3));
if(r){r.checked=true;document.documentElement.lang=r.value}}
)js";

void write_switch(std::ostream& out, std::span<const Catalogue> languages, std::string_view shown_first) {
    for (const Catalogue& words : languages) {
        const std::string& code = words.language();
        out << "<input class=\"switch\" type=\"radio\" name=\"lang\" id=\"lang-" << code << "\" value=\"" << code
            << "\" aria-label=\"" << escaped(words.text("language.own_name"_msg)) << '"'
            << (code == shown_first ? " checked" : "") << ">\n";
    }
    out << "<div class=\"languages\">";
    for (const Catalogue& words : languages) {
        out << "<label for=\"lang-" << words.language() << "\" lang=\"" << words.language() << "\">"
            << escaped(words.text("language.own_name"_msg)) << "</label>";
    }
    out << "</div>\n";
}

void write_switch_style(std::ostream& out, std::span<const Catalogue> languages) {
    for (const Catalogue& words : languages) {
        const std::string id = "#lang-" + words.language();
        out << id << ":checked~.page-" << words.language() << "{display:block}" << id
            << ":checked~.languages label[for="
            << "lang-" << words.language() << "]{background:var(--ink);color:#fff}" << id
            << ":focus-visible~.languages label[for=lang-" << words.language() << "]{outline:3px solid var(--focus)}\n";
    }
}

/// A CSS string: what could end it, or the style element around it, is written as an escape.
std::string css_string(std::string_view text) {
    std::string result = "\"";
    for (const char c : safe_text(text)) {
        if (c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
            result += fmt::format("\\{:x} ", static_cast<unsigned>(c));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string hash_source(std::string_view text) {
    return " 'sha256-" + base64(evidence::sha256(text)) + "'";
}

std::string policy(std::string_view style, const ViewerFiles* viewer) {
    std::string text = "default-src 'none'; script-src" + hash_source(script);
    if (viewer != nullptr) text += hash_source(viewer->script);
    text += "; style-src" + hash_source(style);
    if (viewer != nullptr) text += hash_source(viewer->style);
    return text +
           "; style-src-attr 'unsafe-inline'; img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action "
           "'none'";
}

std::string style_of(const PageFrame& frame, std::span<const Catalogue> languages) {
    std::ostringstream style;
    style.imbue(std::locale::classic());
    style << page_style() << print_style()
          << "@page{@top-left{font:700 9pt sans-serif;color:" << (frame.edition == "internal" ? "#8a2f06" : "#1d5e4c")
          << ";content:" << css_string(frame.printed_mark) << "}}\n";
    write_switch_style(style, languages);
    style << frame.more_style;
    return std::move(style).str();
}

}  // namespace

void write_page_start(std::ostream& out, const PageFrame& frame, std::span<const Catalogue> languages,
                      std::string_view shown_first) {
    const std::string style = style_of(frame, languages);
    out << "<!doctype html>\n<html lang=\"" << shown_first << "\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta http-equiv=\"Content-Security-Policy\" content=\"" << policy(style, frame.viewer) << "\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        << "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        << "<title>" << escaped(frame.title) << "</title>\n<style>" << style << "</style>\n";
    if (frame.viewer != nullptr) out << "<style>" << frame.viewer->style << "</style>\n";
    out << "</head>\n<body class=\"" << frame.edition << "\">\n";
    write_switch(out, languages, shown_first);
}

void write_language_start(std::ostream& out, const Catalogue& words) {
    const std::string& code = words.language();
    out << "<div class=\"page page-" << code << "\" lang=\"" << code << "\">\n<a class=\"skip\" href=\"#" << code
        << "-main\">" << escaped(words.text("page.skip"_msg)) << "</a>\n";
}

void write_language_end(std::ostream& out) {
    out << "</div>\n";
}

void write_page_end(std::ostream& out, const PageFrame& frame, const ViewerPayload& payload) {
    out << "<script>" << script << "</script>\n";
    if (frame.viewer != nullptr) {
        out << "<script type=\"application/octet-stream\" id=\"viewer-text\">" << payload.text
            << "</script>\n<script type=\"application/octet-stream\" id=\"viewer-geometry\">" << payload.geometry
            << "</script>\n<script>" << frame.viewer->script << "</script>\n";
    }
    out << "</body>\n</html>\n";
}

void write_table(std::ostream& out, const HtmlTable& table) {
    out << "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" << table.caption
        << "\">\n<table class=\"" << table.css_class << '"'
        << (table.source.empty() ? "" : " data-table=\"" + escaped(table.source) + '"') << ">\n<caption><span>"
        << table.caption << "</span></caption>\n<thead><tr>";
    for (const std::string& cell : table.header)
        out << "<th scope=\"col\">" << cell << "</th>";
    out << "</tr></thead>\n<tbody>\n";
    std::size_t written = 0;
    for (const auto& row : table.rows) {
        const bool beyond = table.printed_rows > 0 && written++ >= table.printed_rows;
        out << (beyond ? "<tr class=\"beyond\">" : "<tr>");
        for (std::size_t i = 0; i < row.size(); ++i) {
            out << (i == 0 ? "<th scope=\"row\">" : "<td>") << row[i] << (i == 0 ? "</th>" : "</td>");
        }
        out << "</tr>\n";
    }
    out << "</tbody>\n</table>\n</div>\n";
    if (table.whole.empty()) return;
    const bool cut = table.printed_rows > 0 && table.rows.size() > table.printed_rows;
    out << "<p class=\"whole\">";
    if (cut) out << "<span class=\"on-paper\">" << table.printed_rows << " / " << table.rows.size() << ". </span>";
    out << table.whole << "</p>\n";
}

void write_details(std::ostream& out, const std::string& summary, const std::string& body,
                   const std::string& on_paper) {
    out << "<details>\n<summary>" << summary << "</summary>\n" << body << "</details>\n";
    if (!on_paper.empty()) out << "<p class=\"whole on-paper\">" << summary << ": " << on_paper << "</p>\n";
}

}  // namespace vereda::report
