#include "report/internal_dossier.hpp"

#include <cstdint>
#include <locale>
#include <span>

#include "evidence/photo.hpp"
#include "evidence/qr_code.hpp"
#include "report/packed_text.hpp"
#include "report/printed_page.hpp"
#include "report/safe_text.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

constexpr std::string_view style = R"css(
@page{size:A4;margin:18mm 15mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:190mm;padding:6mm;color:#17251f;font:10.5pt/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
.mark{position:sticky;top:0;background:#8a2f06;color:#fff;padding:2mm 3mm;border-radius:1mm;font-weight:600}
@media print{body{padding:0}}
h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif;font-weight:600;line-height:1.2}
section{break-inside:avoid-page;border-top:.3mm solid #dcdfd6;padding-top:3mm;margin-top:5mm}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:1mm 3mm 1mm 0;border-bottom:.2mm solid #eceeea}
th{width:46mm;font-weight:600;color:#55635c}
img{max-width:100%;max-height:110mm;display:block;margin:3mm 0}
svg{width:40mm;height:40mm}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:8.6pt}
.small{font-size:8.8pt;color:#55635c}
)css";

std::string words_for(const Catalogue& words, std::string_view group, const std::string& code) {
    return words.find(std::string(group) + code).value_or(code);
}

std::string in_base64(const std::string& bytes) {
    return base64(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

void write_consents(std::ostream& out, const evidence::Record& record, const Catalogue& words) {
    for (const evidence::Consent& consent : record.consents) {
        std::string scope;
        for (const evidence::Use use : consent.scope) {
            scope += (scope.empty() ? "" : ", ") + words_for(words, "ledger.use.", std::string(evidence::code_of(use)));
        }
        const std::string end = consent.until ? words.text("dossier.until"_msg, {{"date", geo::to_iso(*consent.until)}})
                                              : words.text("dossier.no_end"_msg);
        const std::string from =
            consent.not_before
                ? words.text("dossier.not_before"_msg, {{"date", geo::to_iso(*consent.not_before)}, {"until", end}})
                : end;
        const std::string by = consent.by.empty() ? "—" : words_for(words, "ledger.giver.", consent.by);
        const geo::MessageId id = consent.revokes ? "dossier.revoked"_msg : "dossier.consent"_msg;
        out << "<tr><th scope=\"row\">" << escaped(words.text("dossier.consent_head"_msg)) << "</th><td>"
            << escaped(words.text(id, {{"scope", scope.empty() ? words.text("dossier.all_uses"_msg) : scope},
                                       {"date", geo::to_iso(consent.from)},
                                       {"until", from},
                                       {"by", by},
                                       {"entry", std::to_string(consent.entry)}}))
            << "</td></tr>\n";
    }
}

void write_object(std::ostream& out, const DossierObject& object, const Catalogue& words) {
    const auto format = evidence::photo_format(object.bytes);
    const std::string_view type = format ? evidence::media_type_of(*format) : std::string_view();
    if (!type.empty()) {
        out << "<img alt=\"" << escaped(object.name) << "\" src=\"data:" << type << ";base64,"
            << in_base64(object.bytes) << "\">\n";
        return;
    }
    out << "<p><a download=\"" << escaped(object.name) << ".bin\" href=\"data:application/octet-stream;base64,"
        << in_base64(object.bytes) << "\">" << escaped(words.text("dossier.document"_msg)) << "</a> <code>"
        << escaped(object.name) << "</code></p>\n";
}

void write_record(std::ostream& out, const DossierRecord& shown, const Catalogue& words) {
    const evidence::Record& record = shown.record;
    out << "<section><h2>" << record.entry << " · " << escaped(words_for(words, "ledger.kind.", record.type))
        << "</h2>\n<table>\n";
    for (const auto& [name, value] : record.values) {
        out << "<tr><th scope=\"row\">" << escaped(words_for(words, "ledger.field.", name)) << "</th><td>"
            << escaped(value) << "</td></tr>\n";
    }
    write_consents(out, record, words);
    out << "</table>\n<p class=\"small\">"
        << escaped(
               words.text("dossier.recorded"_msg, {{"time", record.recorded}, {"leaf", evidence::hex(record.leaf)}}));
    if (record.about)
        out << " " << escaped(words.text("dossier.about"_msg, {{"entry", std::to_string(*record.about)}}));
    for (const std::uint64_t entry : record.corrected_by)
        out << " " << escaped(words.text("dossier.corrected"_msg, {{"entry", std::to_string(entry)}}));
    if (record.redacted_by)
        out << " " << escaped(words.text("dossier.redacted"_msg, {{"entry", std::to_string(*record.redacted_by)}}));
    out << "</p>\n";
    for (const DossierObject& object : shown.objects)
        write_object(out, object, words);
    out << "</section>\n";
}

}  // namespace

void write_internal_dossier(std::ostream& out, const InternalDossier& dossier, const Catalogue& words) {
    const std::locale before = out.imbue(std::locale::classic());
    const std::string mark = words.text("edition.internal"_msg) + " — " + words.text("dossier.mark"_msg);
    const std::string marked_style =
        std::string(style) + "@page{@top-left{font:700 9pt sans-serif;color:#8a2f06;content:\"" + mark + "\"}}\n";
    write_printed_start(out, {words.text("dossier.title"_msg), words.language(), "internal", marked_style, true});
    out << "<p class=\"mark\">" << escaped(mark) << "</p>\n<h1>" << escaped(words.text("dossier.title"_msg))
        << "</h1>\n";
    if (!dossier.use.empty()) {
        out << "<p>"
            << escaped(words.text("dossier.made_for"_msg, {{"use", words_for(words, "ledger.use.", dossier.use)}}))
            << "</p>\n";
    }
    if (dossier.left_out > 0)
        out << "<p>" << escaped(words.text("dossier.left_out"_msg, {{"count", std::to_string(dossier.left_out)}}))
            << "</p>\n";
    out << "<p><code>" << escaped(dossier.checkpoint) << "</code></p>\n"
        << evidence::svg_picture(evidence::QrCode(evidence::upper_case(dossier.checkpoint)),
                                 escaped(words.text("sheet.qr"_msg)))
        << "\n";
    for (const DossierRecord& record : dossier.records)
        write_record(out, record, words);
    write_printed_end(out);
    out.imbue(before);
}

}  // namespace vereda::report
