#include <algorithm>
#include <array>
#include <map>

#include "report/labels.hpp"
#include "report/readiness_words.hpp"
#include "report/reasons.hpp"
#include "report/table_declarations.hpp"
#include "report/table_rows.hpp"

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;
using livelihoods::GateState;
using livelihoods::ReadinessRow;

namespace {

constexpr int share_decimals = 6;
constexpr int score_decimals = 4;

constexpr Column region_id{"region_id", FieldType::text, "", "column.region_id"_msg};

constexpr Column word(std::string_view name, geo::MessageId about, Privacy privacy = Privacy::open) {
    return {name, FieldType::text, "", about, shortest_round_trip, privacy};
}
constexpr Column score(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "1", about, score_decimals};
}
constexpr Column rank(std::string_view name, geo::MessageId about) {
    return {name, FieldType::integer, "", about};
}
constexpr Column date(std::string_view name, geo::MessageId about, Privacy privacy = Privacy::open) {
    return {name, FieldType::date, "", about, shortest_round_trip, privacy};
}

constexpr std::array readiness_columns{
    region_id,
    date("as_of", "column.as_of"_msg),
    word("state", "column.state"_msg),
    score("score", "column.score"_msg),
    score("score_lo", "column.score_lo"_msg),
    score("score_hi", "column.score_hi"_msg),
    rank("rank", "column.rank"_msg),
    rank("rank_lo", "column.rank_lo"_msg),
    rank("rank_hi", "column.rank_hi"_msg),
    word("failed_gates", "column.failed_gates"_msg, Privacy::internal),
    word("unknown_gates", "column.unknown_gates"_msg, Privacy::internal),
    word("reason", "column.reason"_msg, Privacy::internal),
    score("score_arithmetic", "column.score_arithmetic"_msg),
    Column{"indicator_coverage", FieldType::real, "1", "column.indicator_coverage"_msg, share_decimals},
    date("expires_on", "column.expires_on"_msg),
    word("consent", "column.consent"_msg, Privacy::internal),
    date("consent_until", "column.consent_until"_msg, Privacy::internal),
    rank("rank_p05", "column.rank_p05"_msg),
    rank("rank_p95", "column.rank_p95"_msg),
    word("notice", "column.notice"_msg),
};

constexpr std::array readiness_gates_columns{
    region_id,
    word("gate", "column.gate"_msg),
    word("state", "column.gate_state"_msg),
    word("reason", "column.reason"_msg, Privacy::internal),
    date("as_of", "column.gate_as_of"_msg),
    word("title", "column.gate_title"_msg),
    word("basis", "column.gate_basis"_msg),
    word("clause", "column.clause"_msg),
};

constexpr std::array readiness_missing_columns{
    region_id,
    rank("order", "column.missing_order"_msg),
    word("state", "column.state"_msg),
    word("kind", "column.missing_kind"_msg),
    word("what", "column.missing_what"_msg),
    word("title", "column.missing_title"_msg),
    word("owner", "column.missing_owner"_msg),
    date("due_on", "column.due_on"_msg),
    Column{"days_late", FieldType::integer, "days", "column.days_late"_msg},
    word("reason", "column.reason"_msg),
    word("clause", "column.clause"_msg),
};

constexpr std::array readiness_history_columns{
    region_id,
    date("as_of", "column.as_of"_msg),
    word("state", "column.state"_msg),
    score("score", "column.score"_msg),
    score("score_lo", "column.score_lo"_msg),
    score("score_hi", "column.score_hi"_msg),
    score("score_arithmetic", "column.score_arithmetic"_msg),
    rank("rank", "column.rank"_msg),
    word("failed_gates", "column.failed_gates"_msg),
    word("unknown_gates", "column.unknown_gates"_msg),
};

constexpr std::array readiness_robustness_columns{
    region_id,
    score("score_p05", "column.score_p05"_msg),
    score("score_p50", "column.score_p50"_msg),
    score("score_p95", "column.score_p95"_msg),
    rank("rank", "column.rank"_msg),
    rank("rank_p05", "column.rank_p05"_msg),
    rank("rank_p95", "column.rank_p95"_msg),
    Column{"mean_rank_shift", FieldType::real, "", "column.mean_rank_shift"_msg, 3},
    Column{"share_above_threshold", FieldType::real, "1", "column.share_above_threshold"_msg, score_decimals},
    Column{"draws", FieldType::integer, "", "column.draws"_msg},
};

constexpr std::array readiness_sensitivity_columns{
    word("choice", "column.choice"_msg),
    Column{"first_order", FieldType::real, "1", "column.sobol_first"_msg, score_decimals},
    Column{"total", FieldType::real, "1", "column.sobol_total"_msg, score_decimals},
    Column{"mean_rank_shift", FieldType::real, "", "column.study_rank_shift"_msg, 3},
    Column{"draws", FieldType::integer, "", "column.draws"_msg},
};

constexpr std::array readiness_coherence_columns{
    word("indicator_a", "column.indicator_pair"_msg),
    word("indicator_b", "column.indicator_pair"_msg),
    Column{"regions", FieldType::integer, "", "column.pair_regions"_msg},
    Column{"pearson", FieldType::real, "1", "column.pearson"_msg, score_decimals},
    Column{"spearman", FieldType::real, "1", "column.spearman"_msg, score_decimals},
    word("finding", "column.coherence"_msg),
};

constexpr std::array rater_agreement_columns{
    word("indicator", "column.indicator"_msg),
    Column{"regions", FieldType::integer, "", "column.rated_regions"_msg},
    Column{"raters", FieldType::integer, "", "column.raters"_msg},
    Column{"ratings", FieldType::integer, "", "column.ratings"_msg},
    Column{"alpha", FieldType::real, "1", "column.alpha"_msg, score_decimals},
    Column{"alpha_lo", FieldType::real, "1", "column.alpha_lo"_msg, score_decimals},
    Column{"alpha_hi", FieldType::real, "1", "column.alpha_hi"_msg, score_decimals},
    Column{"alpha_least", FieldType::real, "1", "column.alpha_least"_msg, score_decimals},
    word("agreement", "column.agreement"_msg),
    word("widest_region", "column.widest_region"_msg),
    Column{"widest_lo", FieldType::real, "", "column.widest_lo"_msg},
    Column{"widest_hi", FieldType::real, "", "column.widest_hi"_msg},
};

geo::Value gates_in(const ReadinessRow& row, GateState state) {
    std::string ids;
    for (const auto& gate : row.gates) {
        if (gate.state == state) ids += (ids.empty() ? "" : ";") + gate.gate_id;
    }
    return text(ids);
}

const livelihoods::RegionUncertainty* uncertainty_of(const RunResults& results, const std::string& region) {
    const auto& regions = results.readiness_uncertainty.regions;
    const auto found = std::ranges::find(regions, region, &livelihoods::RegionUncertainty::region_id);
    return found == regions.end() ? nullptr : &*found;
}

}  // namespace

const TableDeclaration readiness_table{"readiness", "table.readiness.title"_msg, "table.readiness.about"_msg,
                                       Audience::public_safe, readiness_columns};
const TableDeclaration readiness_gates_table{"readiness_gates", "table.readiness_gates.title"_msg,
                                             "table.readiness_gates.about"_msg, Audience::internal_only,
                                             readiness_gates_columns};
const TableDeclaration readiness_missing_table{"readiness_missing", "table.readiness_missing.title"_msg,
                                               "table.readiness_missing.about"_msg, Audience::internal_only,
                                               readiness_missing_columns};
const TableDeclaration readiness_history_table{"readiness_history", "table.readiness_history.title"_msg,
                                               "table.readiness_history.about"_msg, Audience::internal_only,
                                               readiness_history_columns};
const TableDeclaration readiness_robustness_table{"readiness_robustness", "table.readiness_robustness.title"_msg,
                                                  "table.readiness_robustness.about"_msg, Audience::internal_only,
                                                  readiness_robustness_columns};
const TableDeclaration readiness_sensitivity_table{"readiness_sensitivity", "table.readiness_sensitivity.title"_msg,
                                                   "table.readiness_sensitivity.about"_msg, Audience::internal_only,
                                                   readiness_sensitivity_columns};
const TableDeclaration readiness_coherence_table{"readiness_coherence", "table.readiness_coherence.title"_msg,
                                                 "table.readiness_coherence.about"_msg, Audience::internal_only,
                                                 readiness_coherence_columns};

const TableDeclaration rater_agreement_table{"rater_agreement", "table.rater_agreement.title"_msg,
                                             "table.rater_agreement.about"_msg, Audience::internal_only,
                                             rater_agreement_columns};

Rows readiness_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const auto& r : results.readiness) {
        const livelihoods::RegionUncertainty* sure = uncertainty_of(results, r.region_id);
        rows.push_back({text(r.region_id),
                        day(r.as_of),
                        text(livelihoods::name_of(r.state)),
                        real(r.score),
                        real(r.score_lo),
                        real(r.score_hi),
                        whole(r.rank),
                        whole(r.rank_lo),
                        whole(r.rank_hi),
                        gates_in(r, GateState::fail),
                        gates_in(r, GateState::unknown),
                        text(reason_text(r.reason, results, words)),
                        real(r.arithmetic),
                        r.indicator_coverage,
                        day(r.expires_on),
                        text(consent_name(r)),
                        day(r.consent_until),
                        sure == nullptr ? geo::Value() : whole(sure->rank_p05),
                        sure == nullptr ? geo::Value() : whole(sure->rank_p95),
                        text(notice_text(r, words))});
    }
    return rows;
}

Rows readiness_gates_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const auto& r : results.readiness) {
        for (const auto& gate : r.gates) {
            const livelihoods::Gate* of_model = gate_of(gate.gate_id, results);
            rows.push_back({text(r.region_id), text(gate.gate_id), text(livelihoods::name_of(gate.state)),
                            text(reason_text(gate.reason, results, words)), day(gate.as_of),
                            text(gate_title(gate.gate_id, results, words)),
                            of_model == nullptr ? geo::Value() : text(basis_text(of_model->basis, words)),
                            of_model == nullptr ? geo::Value() : text(clause_text(*of_model, words))});
        }
    }
    return rows;
}

Rows readiness_missing_rows(const RunResults& results, const Catalogue& words) {
    std::map<std::string_view, livelihoods::ReadinessState> states;
    for (const auto& row : results.readiness)
        states[row.region_id] = row.state;
    Rows rows;
    for (const auto& r : results.readiness_missing) {
        const livelihoods::Gate* gate = gate_of(r.what, results);
        rows.push_back({text(r.region_id), whole(r.order), text(livelihoods::name_of(states[r.region_id])),
                        text(livelihoods::name_of(r.kind)), text(r.what), text(missing_title(r, results, words)),
                        text(owner_text(r, words)), day(r.due_on), whole(r.days_late),
                        text(reason_text(r.reason, results, words)),
                        gate == nullptr ? text(r.clause) : text(clause_text(*gate, words))});
    }
    return rows;
}

Rows readiness_history_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.readiness_history) {
        rows.push_back({text(r.region_id), day(r.as_of), text(livelihoods::name_of(r.state)), real(r.score),
                        real(r.score_lo), real(r.score_hi), real(r.arithmetic), whole(r.rank),
                        gates_in(r, GateState::fail), gates_in(r, GateState::unknown)});
    }
    return rows;
}

Rows readiness_robustness_rows(const RunResults& results, const Catalogue&) {
    std::map<std::string_view, std::optional<int>> ranks;
    for (const auto& row : results.readiness)
        ranks[row.region_id] = row.rank;
    Rows rows;
    for (const auto& r : results.readiness_uncertainty.regions) {
        rows.push_back({text(r.region_id), r.score_p05, r.score_p50, r.score_p95, whole(ranks[r.region_id]),
                        whole(r.rank_p05), whole(r.rank_p95), r.mean_rank_shift, r.share_above_threshold,
                        whole(results.readiness_uncertainty.draws)});
    }
    return rows;
}

Rows readiness_sensitivity_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.readiness_uncertainty.choices) {
        rows.push_back({text(r.choice), r.index.first, r.index.total, results.readiness_uncertainty.mean_rank_shift,
                        whole(results.readiness_uncertainty.draws)});
    }
    return rows;
}

Rows readiness_coherence_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.readiness_coherence) {
        rows.push_back({text(r.indicator_a), text(r.indicator_b), whole(r.regions), real(r.pearson), real(r.spearman),
                        text(livelihoods::name_of(r.finding))});
    }
    return rows;
}

Rows rater_agreement_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.rater_agreement) {
        rows.push_back({text(r.indicator), whole(r.regions), whole(r.raters), whole(r.ratings), real(r.alpha),
                        real(r.alpha_lo), real(r.alpha_hi), r.least, text(livelihoods::name_of(r.agreement)),
                        text(r.widest_region), real(r.widest_lo), real(r.widest_hi)});
    }
    return rows;
}

}  // namespace vereda::report
