#include "report/region_story.hpp"

#include <algorithm>
#include <sstream>

#include "geo/calendar.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/readiness_words.hpp"
#include "report/reasons.hpp"

namespace vereda::report {

using geo::operator""_msg;
using livelihoods::GateState;
using livelihoods::ReadinessRow;

namespace {

void write_standing(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    out << "<p><strong>" << escaped(state_word(row.state, page.words))
        << "</strong>: " << escaped(sentence_of(reason_text(row.reason, page.results, page.words))) << "</p>\n";
    const std::string notice = notice_text(row, page.words);  // tells of consent too
    if (notice.empty()) {
        out << "<p>" << escaped(sentence_of(consent_text(row, page.words))) << "</p>\n";
    } else {
        out << "<p class=\"promise\">" << escaped(notice) << "</p>\n";
    }
}

void write_conditions(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    HtmlTable table{page.html("readiness.story.conditions"_msg),
                    {page.html("head.gate"_msg), "", page.html("head.asks"_msg), page.html("head.found"_msg),
                     page.html("head.basis"_msg)},
                    {},
                    "prose"};
    for (const livelihoods::GateResult& gate : row.gates) {
        const livelihoods::Gate* of_model = gate_of(gate.gate_id, page.results);
        const std::string found = sentence_of(reason_text(gate.reason, page.results, page.words));
        const std::string dated = gate.as_of ? " (" + long_date(*gate.as_of, page.words) + ")" : "";
        table.rows.push_back(
            {escaped(gate_title(gate.gate_id, page.results, page.words)), gate_mark(page, gate.state),
             of_model == nullptr ? "–" : escaped(asked_of(*of_model, page.results, page.words)), escaped(found + dated),
             of_model == nullptr
                 ? "–"
                 : escaped(basis_text(of_model->basis, page.words) + "; " + clause_text(*of_model, page.words))});
    }
    table.source = "readiness_gates";
    write_table(out, table);
}

void write_missing(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    const auto missing = missing_of(page.results, row.region_id);
    if (missing.empty()) return;
    out << "<p>" << page.html("readiness.story.missing"_msg) << "</p>\n<ol>\n";
    for (const livelihoods::ReadinessMissingRow* item : missing) {
        out << "<li><b>" << escaped(missing_title(*item, page.results, page.words))
            << "</b>: " << escaped(sentence_of(reason_text(item->reason, page.results, page.words))) << " "
            << page.html("readiness.story.owner"_msg) << " " << owner_cell(page, *item) << "</li>\n";
    }
    out << "</ol>\n";
}

void write_score(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    if (!row.score || !page.results.readiness_model) return;
    out << "<p>"
        << page.html("readiness.story.score"_msg,
                     {{"score", page.numbers.score(*row.score, row.score_lo, row.score_hi)},
                      {"threshold", page.numbers.score(page.results.readiness_model->threshold)},
                      {"arithmetic", row.arithmetic ? page.numbers.score(*row.arithmetic) : "–"},
                      {"known", page.numbers.percent(row.indicator_coverage)}});
    const auto& sure = page.results.readiness_uncertainty.regions;
    const auto found = std::ranges::find(sure, row.region_id, &livelihoods::RegionUncertainty::region_id);
    if (found != sure.end() && row.rank) {
        out << " "
            << page.html("readiness.story.rank"_msg, {{"rank", page.numbers.integer(*row.rank)},
                                                      {"regions", page.numbers.integer(static_cast<long>(sure.size()))},
                                                      {"lo", page.numbers.integer(found->rank_p05)},
                                                      {"hi", page.numbers.integer(found->rank_p95)}});
    }
    out << "</p>\n";
}

void write_history(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    std::string years;
    for (const ReadinessRow& then : page.results.readiness_history) {
        if (then.region_id != row.region_id) continue;
        const bool year_end = then.as_of == geo::last_day_of(geo::year_of(then.as_of));
        const std::string when =
            year_end ? std::to_string(geo::year_of(then.as_of)) : long_date(then.as_of, page.words);
        years += (years.empty() ? "" : " → ") + when + ": " + state_word(then.state, page.words);
    }
    if (!years.empty()) out << "<p>" << page.html("readiness.story.history"_msg) << " " << escaped(years) << ".</p>\n";
}

}  // namespace

std::string asked_of(const livelihoods::Gate& gate, const RunResults& results, const Catalogue& words) {
    if (gate.measure.empty()) return words.text("readiness.asks_evidence"_msg);
    const std::string sign = gate.comparison == livelihoods::Comparison::at_least ? " ≥ " : " ≤ ";
    return measure_word(gate.measure, results, words) + sign + threshold_text(gate, results, words);
}

std::string gate_mark(const PageContext& page, GateState state) {
    const std::string_view symbol = state == GateState::pass ? "✓" : state == GateState::fail ? "✕" : "?";
    return "<span class=\"gate " + std::string(livelihoods::name_of(state)) + "\"><span aria-hidden=\"true\">" +
           std::string(symbol) + "</span><span class=\"vh\">" + escaped(gate_state_word(state, page.words)) +
           "</span></span>";
}

std::vector<const livelihoods::ReadinessMissingRow*> missing_of(const RunResults& results,
                                                                const std::string& region_id) {
    std::vector<const livelihoods::ReadinessMissingRow*> rows;
    for (const auto& row : results.readiness_missing)
        if (row.region_id == region_id) rows.push_back(&row);
    return rows;
}

std::string owner_cell(const PageContext& page, const livelihoods::ReadinessMissingRow& row) {
    if (row.owner.empty()) return "<span class=\"unknown\">" + page.html("readiness.nobody_named"_msg) + "</span>";
    std::string cell = escaped(shortened(row.owner, 120));
    if (row.due_on) {
        cell += ", " + page.html("readiness.due"_msg, {{"date", long_date(*row.due_on, page.words)}});
        if (row.days_late) {
            cell += " <strong>" +
                    page.html("readiness.days_late"_msg, {{"days", page.numbers.integer(*row.days_late)}}) +
                    "</strong>";
        }
    }
    return cell;
}

std::string region_story(const PageContext& page, const ReadinessRow& row) {
    std::ostringstream out;
    write_standing(out, page, row);
    write_conditions(out, page, row);
    write_missing(out, page, row);
    write_score(out, page, row);
    write_history(out, page, row);
    return std::move(out).str();
}

}  // namespace vereda::report
