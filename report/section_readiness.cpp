#include <algorithm>
#include <map>
#include <sstream>

#include "report/chart_frame.hpp"
#include "report/labels.hpp"
#include "report/page_frame.hpp"
#include "report/readiness_words.hpp"
#include "report/reasons.hpp"
#include "report/region_story.hpp"
#include "report/sections.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using livelihoods::GateState;
using livelihoods::ReadinessRow;

constexpr std::size_t missing_at_most = 300;
constexpr std::size_t stories_at_most = 120;
constexpr std::size_t printed_at_most = 12;

std::string state_badge(const PageContext& page, livelihoods::ReadinessState state) {
    std::string css(livelihoods::name_of(state));
    return "<span class=\"badge " + css + "\">" + escaped(state_word(state, page.words)) + "</span>";
}

std::string percent_style(double value) {
    return svg_number(100 * std::clamp(value, 0.0, 1.0)) + "%";
}

/// The score with its interval as a bar from 0 to 1 with the model's threshold, and in figures.
std::string score_cell(const PageContext& page, const ReadinessRow& row, double threshold) {
    if (!row.score) return "<span class=\"unknown\">" + page.html("value.unknown"_msg) + "</span>";
    const double lo = row.score_lo.value_or(*row.score);
    const double hi = row.score_hi.value_or(*row.score);
    return "<span class=\"interval\" aria-hidden=\"true\"><span class=\"limit\" style=\"left:" +
           percent_style(threshold) + "\"></span><span class=\"band\" style=\"left:" + percent_style(lo) +
           ";width:" + percent_style(hi - lo) +
           "\"></span><span class=\"dot\" style=\"left:" + percent_style(*row.score) +
           "\"></span></span><span class=\"soft\">" + page.numbers.score(*row.score, row.score_lo, row.score_hi) +
           "</span>";
}

std::map<std::string, std::string> names_of(const RunResults& results) {
    std::map<std::string, std::string> names;
    if (results.regions) {
        for (const auto& region : results.regions->regions())
            names[region.id] = region.name;
    }
    return names;
}

std::string name_in(const std::map<std::string, std::string>& names, const std::string& id) {
    const auto name = names.find(id);
    return escaped(shortened(name == names.end() ? id : name->second, 80));
}

std::vector<std::string> gate_ids(const RunResults& results) {
    std::vector<std::string> ids;
    if (results.readiness_model) {
        for (const auto& gate : results.readiness_model->gates)
            ids.push_back(gate.id);
    } else if (!results.readiness.empty()) {
        for (const auto& gate : results.readiness.front().gates)
            ids.push_back(gate.gate_id);
    }
    return ids;
}

/// Ready first, then by rank, then by id.
std::vector<const ReadinessRow*> in_order(const RunResults& results) {
    std::vector<const ReadinessRow*> rows;
    for (const auto& row : results.readiness)
        rows.push_back(&row);
    std::ranges::stable_sort(rows, {}, [](const ReadinessRow* row) {
        return std::tuple(static_cast<int>(row->state), row->rank.value_or(1'000'000), row->region_id);
    });
    return rows;
}

void write_matrix(std::ostream& out, const PageContext& page) {
    const auto names = names_of(page.results);
    const auto gates = gate_ids(page.results);
    const double threshold = page.results.readiness_model ? page.results.readiness_model->threshold : 0.5;
    HtmlTable table{page.html("readiness.matrix"_msg),
                    {page.html("head.region"_msg), page.html("head.state"_msg), page.html("head.score"_msg)},
                    {},
                    "matrix",
                    30,
                    whole_table_note(page, "readiness_gates")};
    for (const std::string& id : gates) {
        table.header.push_back("<span class=\"upright\">" + escaped(gate_title(id, page.results, page.words)) +
                               "</span>");
    }
    table.header.push_back(page.html("head.expires"_msg));
    for (const ReadinessRow* row : in_order(page.results)) {
        std::vector<std::string> cells{name_in(names, row->region_id), state_badge(page, row->state),
                                       score_cell(page, *row, threshold)};
        for (const std::string& id : gates) {
            const auto gate = std::ranges::find(row->gates, id, &livelihoods::GateResult::gate_id);
            cells.push_back(gate_mark(page, gate == row->gates.end() ? GateState::unknown : gate->state));
        }
        cells.push_back(row->expires_on ? geo::to_iso(*row->expires_on) : std::string("–"));
        table.rows.push_back(std::move(cells));
    }
    table.source = "readiness";
    write_table(out, table);
    out << "<p class=\"key\">" << page.html("readiness.matrix.key"_msg, {{"threshold", page.numbers.score(threshold)}})
        << "</p>\n";
}

void write_gates(std::ostream& out, const PageContext& page) {
    if (!page.results.readiness_model) return;
    const auto& model = *page.results.readiness_model;
    HtmlTable table{page.html("readiness.gates"_msg, {{"model", model.name}, {"version", model.version}}),
                    {page.html("head.gate"_msg), page.html("head.asks"_msg), page.html("head.basis"_msg),
                     page.html("head.clause"_msg), page.html("head.pass_fail_unknown"_msg)},
                    {},
                    ""};
    for (const auto& gate : model.gates) {
        long tally[3] = {0, 0, 0};
        for (const auto& row : page.results.readiness) {
            const auto found = std::ranges::find(row.gates, gate.id, &livelihoods::GateResult::gate_id);
            if (found != row.gates.end()) ++tally[static_cast<int>(found->state)];
        }
        table.rows.push_back({escaped(gate_title(gate.id, page.results, page.words)),
                              escaped(asked_of(gate, page.results, page.words)),
                              escaped(basis_text(gate.basis, page.words)), escaped(clause_text(gate, page.words)),
                              page.numbers.integer(tally[0]) + " / " + page.numbers.integer(tally[1]) + " / " +
                                  page.numbers.integer(tally[2])});
    }
    table.source = "readiness_gates";
    write_table(out, table);
    if (!model.clauses_not_covered.empty()) {
        out << "<p class=\"note\">" << page.html("readiness.not_covered"_msg, {{"clauses", model.clauses_not_covered}})
            << "</p>\n";
    }
}

/// The first thing an agency reads: of each region that is not READY what is missing, who owes it and by when.
void write_missing(std::ostream& out, const PageContext& page) {
    if (page.results.readiness_missing.empty()) return;
    const auto names = names_of(page.results);
    HtmlTable table{page.html("readiness.missing.table"_msg),
                    {page.html("head.region"_msg), page.html("head.missing"_msg), page.html("head.reason"_msg),
                     page.html("head.owner"_msg)},
                    {},
                    "prose reasons",
                    printed_at_most,
                    whole_table_note(page, "readiness_missing")};
    std::size_t left_out = 0;
    for (const ReadinessRow* row : in_order(page.results)) {
        for (const auto* missing : missing_of(page.results, row->region_id)) {
            if (missing->kind == livelihoods::MissingKind::indicator_unknown) continue;
            if (table.rows.size() == missing_at_most) {
                ++left_out;
                continue;
            }
            table.rows.push_back(
                {name_in(names, row->region_id), escaped(missing_title(*missing, page.results, page.words)),
                 escaped(reason_text(missing->reason, page.results, page.words)), owner_cell(page, *missing)});
        }
    }
    table.source = "readiness_missing";
    write_table(out, table);
    if (left_out > 0) {
        out << "<p class=\"note\">"
            << page.html("readiness.missing.more"_msg, {{"count", page.numbers.integer(static_cast<long>(left_out))}})
            << "</p>\n";
    }
}

/// Each region explained by itself.
void write_stories(std::ostream& out, const PageContext& page) {
    const auto names = names_of(page.results);
    out << "<h3>" << page.html("readiness.stories"_msg) << "</h3>\n<p class=\"whole\">"
        << page.html("readiness.memos"_msg) << "</p>\n";
    std::size_t told = 0;
    for (const ReadinessRow* row : in_order(page.results)) {
        if (told++ == stories_at_most) break;
        write_details(out, name_in(names, row->region_id) + " " + state_badge(page, row->state),
                      region_story(page, *row));
    }
    if (page.results.readiness.size() > stories_at_most)
        out << "<p class=\"note\">" << page.html("readiness.stories.more"_msg) << "</p>\n";
}

/// How far the people who score indicators agree.
void write_raters(std::ostream& out, const PageContext& page) {
    for (const livelihoods::RaterAgreement& row : page.results.rater_agreement) {
        const bool disagree = row.agreement == livelihoods::Agreement::disagree;
        if (!row.alpha) continue;
        out << "<p class=\"note\">"
            << page.html(disagree ? "readiness.raters_differ"_msg : "readiness.raters_agree"_msg,
                         {{"indicator", indicator_word(row.indicator, page.results, page.words)},
                          {"raters", page.numbers.integer(row.raters)},
                          {"regions", page.numbers.integer(row.regions)},
                          {"alpha", page.numbers.score(*row.alpha)},
                          {"least", page.numbers.score(row.least)}})
            << "</p>\n";
    }
}

}  // namespace

void write_readiness_section(std::ostream& out, const PageContext& page) {
    write_section_start(out, page, "readiness", "section.readiness"_msg);
    if (!page.results.readiness.empty()) {
        out << "<p class=\"promise\">" << page.html("readiness.no_force"_msg) << "</p>\n";
        write_missing(out, page);
        write_raters(out, page);
        write_matrix(out, page);
        write_gates(out, page);
        write_stories(out, page);
    }
    write_section_end(out, page, "readiness");
}

}  // namespace vereda::report
