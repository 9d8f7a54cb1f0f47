#include <algorithm>

#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using livelihoods::SequenceRow;
using livelihoods::Violation;

constexpr std::size_t printed_at_most = 6;

std::string region_word(const PageContext& page, const std::string& id) {
    if (!page.results.regions) return escaped(id);
    const auto found = page.results.regions->find(id);
    return escaped(found ? page.results.regions->regions()[*found].name : id);
}

std::string gates_text(const PageContext& page, const std::vector<std::string>& gates) {
    std::string list;
    for (const std::string& gate : gates)
        list += (list.empty() ? "" : ", ") + gate_title(gate, page.results, page.words);
    return list;
}

/// What was wrong in one region, one sentence each.
std::string story(const PageContext& page, const SequenceRow& row) {
    std::string text = page.html("order.removed_on"_msg, {{"date", long_date(row.reduction, page.words)},
                                                          {"kind", eradication_word(row.kind, page.words)}});
    if (!row.gates_after.empty())
        text += " " + page.html("order.gates_after"_msg, {{"gates", gates_text(page, row.gates_after)}});
    if (!row.gates_never.empty())
        text += " " + page.html("order.gates_never"_msg, {{"gates", gates_text(page, row.gates_never)}});
    if (!row.gates_unknown.empty())
        text += " " + page.html("order.gates_unknown"_msg, {{"gates", gates_text(page, row.gates_unknown)}});
    if (row.lead_days && *row.lead_days < 0)
        text += " " + page.html("order.lead"_msg, {{"days", page.numbers.integer(-*row.lead_days)}});
    if (row.months_without_income)
        text += " " + page.html("order.months"_msg, {{"months", page.numbers.integer(*row.months_without_income)}});
    if (row.replanted && row.replanted->value() > 0)
        text += " " + page.html("order.replanted"_msg, {{"area", page.numbers.hectares(*row.replanted)}});
    return text;
}

void write_regions(std::ostream& out, const PageContext& page) {
    HtmlTable table{page.html("order.regions"_msg),
                    {page.html("head.region"_msg), page.html("order.head.violation"_msg),
                     page.html("order.head.families"_msg), page.html("order.head.story"_msg)},
                    {},
                    "prose",
                    printed_at_most,
                    whole_table_note(page, "sequence_audit")};
    for (const SequenceRow& row : page.results.sequence_audit) {
        if (!row.household_id.empty()) continue;
        const geo::MessageId verdict = row.violation == Violation::yes  ? "order.violation.yes"_msg
                                       : row.violation == Violation::no ? "order.violation.no"_msg
                                                                        : "order.violation.unknown"_msg;
        table.rows.push_back({region_word(page, row.region_id), page.html(verdict),
                              page.numbers.integer(row.families_violated) + " / " + page.numbers.integer(row.families),
                              story(page, row)});
    }
    table.source = "sequence_audit";
    if (!table.rows.empty()) write_table(out, table);
}

void write_findings(std::ostream& out, const PageContext& page) {
    if (page.results.order_findings.empty()) return;
    out << "<h3>" << page.html("order.findings"_msg) << "</h3>\n<ul>\n";
    std::size_t written = 0;
    for (const livelihoods::OrderFinding& finding : page.results.order_findings) {
        out << (written++ < printed_at_most ? "<li>" : "<li class=\"beyond\">");
        if (!finding.region_id.empty()) out << "<strong>" << region_word(page, finding.region_id) << "</strong>: ";
        out << escaped(page.words.text(finding.finding.reason)) << "</li>\n";
    }
    out << "</ul>\n<p class=\"whole\">" << whole_table_note(page, "order_findings") << "</p>\n";
}

}  // namespace

void write_order_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "order", "section.order"_msg);
    const bool nothing = page.results.sequence_audit.empty() && page.results.order_findings.empty();
    if (!nothing) {
        out << "<p class=\"promise\">" << page.html("order.about"_msg) << "</p>\n";
        write_regions(out, page);
        write_findings(out, page);
    }
    write_section_end(out, page, "order");
}

}  // namespace vereda::report
