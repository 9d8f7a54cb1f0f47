#include "report/region_memo.hpp"

#include <algorithm>
#include <locale>
#include <map>

#include "report/labels.hpp"
#include "report/readiness_words.hpp"
#include "report/reasons.hpp"
#include "report/region_story.hpp"
#include "report/welfare_cells.hpp"

namespace vereda::report {

using geo::operator""_msg;
using livelihoods::GateState;
using livelihoods::ReadinessRow;

namespace {

constexpr std::size_t missing_at_most = 16;
constexpr std::size_t words_at_most = 220;  ///< characters of a sentence in a table
constexpr std::size_t names_at_most = 80;

/// Plain CSS that word processors know too; the mark in the margin is for browsers.
constexpr std::string_view memo_style = R"css(
@page{size:A4;margin:16mm 15mm 14mm}
body{font:10pt/1.35 Calibri,Carlito,"Liberation Sans",Arial,sans-serif;color:#17251f;max-width:180mm;margin:0 auto;padding:4mm}
h1{font-size:19pt;line-height:1.15;margin:2mm 0 1mm}h2{font-size:11.5pt;margin:4mm 0 1mm;border-bottom:1px solid #8b958f}
p{margin:0 0 1.5mm}ul{margin:0 0 1mm;padding-left:5mm}
.mark{color:#8a2f06;font-weight:bold;font-size:9pt}.state{font-size:12pt;font-weight:bold}
.promise{border:1px solid #1d5e4c;padding:1.5mm 2.5mm}.small{font-size:8.5pt;color:#3f4a44}
table{border-collapse:collapse;width:99.6%;margin:0 0 1.5mm}th,td{border:1px solid #b9c0ba;padding:.7mm 1.5mm;text-align:left;vertical-align:top;font-size:9pt;line-height:1.25}
th{background:#eaf1ec}td{overflow-wrap:anywhere}.facts th{width:34%}.missing th:first-child{width:27%}.missing th:last-child{width:24%}
h2{break-after:avoid}tr{break-inside:avoid}
@media screen{body{font-size:12pt}th,td{font-size:11pt}}
@media screen and (max-width:40rem){table,tbody,tr,th,td{display:block;width:auto!important}thead{display:none}tr{margin-bottom:2mm}}
@media print{body{padding:0;max-width:none}}
)css";

std::string cut(const std::string& text) {
    return escaped(shortened(text, words_at_most));
}

void write_rows(std::ostream& out, std::string_view css_class, const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows) {
    out << "<table class=\"" << css_class << "\">\n";
    if (!header.empty()) {
        out << "<thead><tr>";
        for (const std::string& cell : header)
            out << "<th>" << cell << "</th>";
        out << "</tr></thead>\n";
    }
    out << "<tbody>\n";
    for (const auto& row : rows) {
        out << "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            out << (i == 0 ? "<th>" : "<td>") << row[i] << (i == 0 ? "</th>" : "</td>");
        out << "</tr>\n";
    }
    out << "</tbody>\n</table>\n";
}

void write_head(std::ostream& out, const PageContext& page, const ReadinessRow& row, const std::string& name,
                const std::string& parent) {
    const std::string mark = page.html("edition.internal"_msg);
    out << "<!doctype html>\n<html lang=\"" << page.words.language() << "\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" << mark << " · " << name
        << "</title>\n<style>" << memo_style << "@page{@top-left{font:bold 9pt sans-serif;color:#8a2f06;content:\""
        << page.words.text("edition.internal"_msg)
        << " · vereda\"}@bottom-right{font:9pt sans-serif;content:counter(page) \" / \" counter(pages)}}\n"
        << "</style>\n</head>\n<body>\n<p class=\"mark\">" << mark << " · " << page.html("memo.mark"_msg)
        << "</p>\n<h1>" << name << "</h1>\n<p>" << (parent.empty() ? "" : parent + " · ")
        << escaped(shortened(row.region_id, names_at_most)) << " · "
        << escaped(shortened(page.results.study.name, names_at_most)) << " · "
        << page.html("memo.as_of"_msg, {{"date", long_date(row.as_of, page.words)}}) << "</p>\n";
}

void write_standing(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    out << "<p class=\"state\">" << escaped(state_word(row.state, page.words)) << "</p>\n<p>"
        << escaped(sentence_of(reason_text(row.reason, page.results, page.words))) << " ";
    const std::string notice = notice_text(row, page.words);
    out << escaped(notice.empty() ? sentence_of(consent_text(row, page.words)) : notice)
        << "</p>\n<p class=\"promise\">" << page.html("readiness.no_force"_msg) << "</p>\n";
}

void write_missing(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    const auto missing = missing_of(page.results, row.region_id);
    out << "<h2>" << page.html("memo.missing"_msg) << "</h2>\n";
    if (missing.empty()) {
        out << "<p>" << page.html("memo.nothing_missing"_msg) << "</p>\n";
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min(missing.size(), missing_at_most); ++i) {
        const auto& item = *missing[i];
        rows.push_back({cut(missing_title(item, page.results, page.words)),
                        cut(sentence_of(reason_text(item.reason, page.results, page.words))), owner_cell(page, item)});
    }
    write_rows(out, "missing", {page.html("head.missing"_msg), page.html("head.found"_msg), page.html("memo.owes"_msg)},
               rows);
    if (missing.size() > missing_at_most) {
        const auto more = static_cast<long>(missing.size() - missing_at_most);
        out << "<p class=\"small\">" << page.html("memo.missing.more"_msg, {{"count", page.numbers.integer(more)}})
            << "</p>\n";
    }
}

void write_met(std::ostream& out, const PageContext& page, const ReadinessRow& row) {
    std::string met;
    for (const auto& gate : row.gates) {
        if (gate.state != GateState::pass) continue;
        met += (met.empty() ? "" : "; ") + gate_title(gate.gate_id, page.results, page.words);
    }
    if (met.empty()) return;
    out << "<p><b>" << page.html("memo.met"_msg) << "</b> " << escaped(shortened(met, 4 * words_at_most)) << ".</p>\n";
}

/// First and last seen year of each crop.
void add_crops(const PageContext& page, const std::string& region, std::vector<std::vector<std::string>>& facts) {
    std::map<regions::Crop, std::vector<const regions::PlotAreaRow*>> seen;
    for (const auto& row : page.results.plot_area) {
        if (row.region_id == region && row.area) seen[row.crop].push_back(&row);
    }
    for (auto& [crop, rows] : seen) {
        std::ranges::sort(rows, {}, &regions::PlotAreaRow::year);
        const auto text = [&](const regions::PlotAreaRow& row) {
            return std::to_string(row.year) + ": " + page.numbers.hectares(*row.area, row.area_lo, row.area_hi);
        };
        std::string value = text(*rows.back());
        if (rows.size() > 1) value = text(*rows.front()) + " → " + value;
        facts.push_back({page.html("memo.crop"_msg, {{"crop", crop_word(crop, page.words)}}), value});
    }
}

void add_forest(const PageContext& page, const std::string& region, std::vector<std::vector<std::string>>& facts) {
    geo::Hectares total;
    geo::Hectares direct;
    for (const auto& row : page.results.loss) {
        if (row.region_id != region) continue;
        total += row.area;
        if (lag_of(row.mechanism)) direct += row.area;
    }
    if (total.value() <= 0) return;
    facts.push_back({page.html("head.loss_total"_msg),
                     page.html("memo.forest"_msg,
                               {{"total", page.numbers.hectares(total)}, {"direct", page.numbers.hectares(direct)}})});
}

void add_reach(const PageContext& page, const std::string& region, std::vector<std::vector<std::string>>& facts) {
    const auto found = page.figures.reach_by_region.find(region);
    if (found == page.figures.reach_by_region.end()) return;
    const Reach& reach = found->second;
    facts.push_back({page.html("memo.families"_msg),
                     page.html("memo.reach"_msg, {{"registered", page.numbers.integer(reach.registered)},
                                                  {"promised", page.numbers.integer(reach.promised)},
                                                  {"delivered", page.numbers.integer(reach.delivered)},
                                                  {"confirmed", page.numbers.integer(reach.confirmed)},
                                                  {"disputed", page.numbers.integer(reach.disputed)}})});
}

void add_score(const PageContext& page, const ReadinessRow& row, std::vector<std::vector<std::string>>& facts) {
    if (!row.score || !page.results.readiness_model) return;
    std::string text =
        page.html("memo.score"_msg, {{"score", page.numbers.score(*row.score, row.score_lo, row.score_hi)},
                                     {"threshold", page.numbers.score(page.results.readiness_model->threshold)}});
    const auto& sure = page.results.readiness_uncertainty.regions;
    const auto found = std::ranges::find(sure, row.region_id, &livelihoods::RegionUncertainty::region_id);
    if (found != sure.end() && row.rank) {
        text += " " + page.html("memo.rank"_msg, {{"rank", page.numbers.integer(*row.rank)},
                                                  {"regions", page.numbers.integer(static_cast<long>(sure.size()))},
                                                  {"lo", page.numbers.integer(found->rank_p05)},
                                                  {"hi", page.numbers.integer(found->rank_p95)}});
    }
    facts.push_back({page.html("head.score"_msg), text});
}

void write_welfare(std::ostream& out, const PageContext& page, const std::string& region) {
    const auto cells = page.figures.welfare.by_region.find(region);
    std::vector<std::vector<std::string>> rows;
    if (cells != page.figures.welfare.by_region.end()) {
        for (const auto& [indicator, cell] : cells->second) {
            if (!cell.latest) continue;
            const std::string unit = escaped(unit_word(cell.latest->unit, page.words));
            rows.push_back({escaped(shortened(indicator_word(indicator, page.results, page.words), names_at_most)),
                            welfare_value(page, *cell.latest) + (unit.empty() || unit == "%" ? "" : " " + unit),
                            welfare_trend(page, cell.trend)});
        }
    }
    if (rows.empty()) {
        out << "<p>" << page.html("beside.unknown"_msg) << "</p>\n";
        return;
    }
    write_rows(out, "", {page.html("memo.indicator"_msg), page.html("memo.latest"_msg), page.html("memo.change"_msg)},
               rows);
}

void write_order(std::ostream& out, const PageContext& page, const std::string& region) {
    for (const auto& row : page.results.sequence_audit) {
        if (row.region_id != region || !row.household_id.empty()) continue;
        const geo::MessageId verdict = row.violation == livelihoods::Violation::yes  ? "memo.order.violated"_msg
                                       : row.violation == livelihoods::Violation::no ? "memo.order.right"_msg
                                                                                     : "memo.order.unknown"_msg;
        out << "<p><b>" << page.html("section.order"_msg) << "</b> "
            << page.html("order.removed_on"_msg, {{"date", long_date(row.reduction, page.words)},
                                                  {"kind", eradication_word(row.kind, page.words)}})
            << " " << page.html(verdict);
        if (row.months_without_income)
            out << " " << page.html("order.months"_msg, {{"months", page.numbers.integer(*row.months_without_income)}});
        out << "</p>\n";
    }
}

void write_history(std::ostream& out, const PageContext& page, const std::string& region) {
    std::string years;
    for (const ReadinessRow& then : page.results.readiness_history) {
        if (then.region_id != region) continue;
        years += (years.empty() ? "" : " → ") + std::to_string(geo::year_of(then.as_of)) + ": " +
                 state_word(then.state, page.words);
    }
    if (!years.empty())
        out << "<p><b>" << page.html("memo.history"_msg) << "</b> " << escaped(shortened(years, 3 * words_at_most))
            << ".</p>\n";
}

}  // namespace

void write_region_memo(std::ostream& out, const PageContext& page, const ReadinessRow& region) {
    const std::locale before = out.imbue(std::locale::classic());
    std::string name = region.region_id;
    std::string parent;
    if (page.results.regions) {
        if (const auto found = page.results.regions->find(region.region_id)) {
            name = page.results.regions->regions()[*found].name;
            parent = page.results.regions->regions()[*found].parent;
        }
    }
    write_head(out, page, region, escaped(shortened(name, names_at_most)), escaped(shortened(parent, names_at_most)));
    write_standing(out, page, region);
    write_missing(out, page, region);
    write_met(out, page, region);
    out << "<h2>" << page.html("memo.people_and_land"_msg) << "</h2>\n";
    std::vector<std::vector<std::string>> facts;
    add_crops(page, region.region_id, facts);
    add_forest(page, region.region_id, facts);
    add_reach(page, region.region_id, facts);
    add_score(page, region, facts);
    if (!facts.empty()) write_rows(out, "facts", {}, facts);
    write_welfare(out, page, region.region_id);
    write_order(out, page, region.region_id);
    write_history(out, page, region.region_id);
    out << "<p class=\"small\"><b>" << page.html("page.limits"_msg) << "</b> " << page.html("limits.readiness"_msg)
        << "</p>\n<p class=\"small\"><b>" << page.html("method.sources"_msg) << "</b> "
        << page.html("method.readiness.sources"_msg) << " "
        << page.html("memo.traced"_msg, {{"version", shortened(page.results.provenance.vereda_version, 40)}})
        << "</p>\n</body>\n</html>\n";
    out.imbue(before);
}

}  // namespace vereda::report
