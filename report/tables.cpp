#include "report/tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "geo/error.hpp"
#include "report/displacement_tables.hpp"
#include "report/loss_tables.hpp"
#include "report/plot_tables.hpp"
#include "report/reasons.hpp"
#include "report/small_plot_words.hpp"
#include "report/table_cells.hpp"
#include "report/table_declarations.hpp"
#include "report/table_rows.hpp"
#include "report/track_tables.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string_view name_of(geo::Severity severity) {
    switch (severity) {
        case geo::Severity::note:
            return "note";
        case geo::Severity::warning:
            return "warning";
        case geo::Severity::problem:
            return "problem";
    }
    return "";
}

Rows plot_area_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.plot_area) {
        rows.push_back({text(r.region_id), text(r.region_name), whole(r.year), text(regions::name_of(r.crop)),
                        whole(r.plots), real(r.area), real(r.area_lo), real(r.area_hi), r.observed_share,
                        whole(r.observed_assumed ? 1 : 0), text(r.note)});
        append(rows.back(), r.sampled);
    }
    return rows;
}

struct FindingTexts {
    std::string kinds;  ///< each once
    std::string details;
    std::string reasons;
};

FindingTexts finding_texts(const geo::Message& reason, const std::vector<livelihoods::Finding>& findings,
                           const Catalogue& words) {
    FindingTexts texts;
    texts.reasons = words.text(reason);
    const auto append = [](std::string& list, std::set<std::string_view>& seen, const std::string& word) {
        if (seen.insert(word).second) list += (list.empty() ? "" : ";") + word;
    };
    std::set<std::string_view> kinds;
    std::set<std::string_view> details;
    for (const auto& finding : findings) {
        append(texts.kinds, kinds, finding.kind);
        append(texts.details, details, finding.detail);
        texts.reasons += "; " + words.text(finding.reason);
    }
    return texts;
}

geo::Value yes_no(std::optional<bool> value) {
    return value ? geo::Value(std::string(*value ? "yes" : "no")) : geo::Value();
}

Rows small_plots_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const auto& r : results.small_plots) {
        const FindingTexts findings = finding_texts(r.reason, r.findings, words);
        rows.push_back({text(r.household_id), text(r.plot_id), text(r.pack), text(livelihoods::name_of(r.verdict)),
                        text(findings.kinds), r.area.value(), real(r.sd), real(r.limit), real(r.p_exceeds),
                        text(findings.reasons), r.offset_correction.value(), text(r.pack_version), day(r.day),
                        whole(r.plots), r.plot_area.value(), text(findings.details)});
    }
    return rows;
}

Rows small_plot_families_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const auto& f : results.small_plot_families) {
        const FindingTexts findings = finding_texts(f.area.reason, f.findings, words);
        const auto& step = f.ladder.step;
        rows.push_back({text(f.household_id),
                        text(f.union_name),
                        text(f.pack),
                        text(f.pack_version),
                        text(f.crop ? regions::name_of(*f.crop) : ""),
                        day(f.day),
                        text(livelihoods::name_of(f.area.verdict)),
                        text(findings.kinds),
                        whole(f.plots),
                        f.area.area.value(),
                        real(f.area.sd),
                        real(f.limit),
                        real(f.area.p_exceeds),
                        whole(f.measurements),
                        yes_no(f.ladder.confirmed),
                        day(f.ladder.correct_until),
                        whole(f.ladder.in_look_back),
                        step ? whole(step->count) : geo::Value(),
                        text(ladder_text(f.ladder, words)),
                        f.false_accusation.once,
                        f.false_accusation.confirmed,
                        day(f.next_inspection),
                        f.next_inspection ? yes_no(f.inspection_overdue) : geo::Value(),
                        text(findings.reasons),
                        whole(f.ladder.recorded),
                        whole(f.ladder.not_confirmed)});
    }
    return rows;
}

Rows small_plot_quotas_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& q : results.small_plot_quotas) {
        rows.push_back({text(q.pack), text(q.version), text(q.kind ? regions::name_of(*q.kind) : "none"),
                        yes_no(q.allowed), whole(q.plots), q.area.value(), real(q.lo), real(q.hi), real(q.cap),
                        q.cap ? real(std::optional(q.counted)) : geo::Value(), real(q.remaining), real(q.remaining_lo),
                        real(q.remaining_hi), real(q.p_over), whole(q.plots_left)});
    }
    return rows;
}

Rows small_plot_needs_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& n : results.small_plot_needs) {
        rows.push_back({text(n.pack), day(n.day), yes_no(n.in_force), whole(n.villages), whole(n.users_lo),
                        whole(n.users_hi), n.need_lo.value(), n.need_hi.value(), n.grown.area.value(),
                        n.surplus_lo.value(), n.surplus_hi.value()});
    }
    return rows;
}

Rows rule_what_if_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& change : results.rule_what_if) {
        for (const auto& f : change.families) {
            rows.push_back({text(change.pack), text(results.what_if), text(f.household_id),
                            text(livelihoods::name_of(f.move)), text(livelihoods::name_of(f.before)),
                            text(livelihoods::name_of(f.after)), f.area.value()});
        }
    }
    return rows;
}

Rows welfare_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const auto& r : results.welfare) {
        const bool up = r.direction == livelihoods::Direction::higher_is_better;
        rows.push_back({text(r.region_id), text(r.period), text(r.indicator), real(r.value), real(r.lo), real(r.hi),
                        text(r.unit), text(up ? "higher_is_better" : "lower_is_better"), text(r.source)});
    }
    return rows;
}

Rows eradication_rows(const RunResults& results, const Catalogue&) {
    struct Sum {
        long events = 0;
        long without_area = 0;
        long verified = 0;
        std::optional<double> reported;
    };
    std::map<std::tuple<std::string, int, regions::EradicationKind>, Sum> sums;
    for (const auto& event : results.eradication) {
        Sum& sum = sums[{event.region_id, geo::year_of(event.date), event.kind}];
        ++sum.events;
        if (event.verified == regions::Answer::yes) ++sum.verified;
        if (event.reported) {
            sum.reported = sum.reported.value_or(0) + event.reported->value();
        } else {
            ++sum.without_area;
        }
    }
    Rows rows;
    for (const auto& [key, sum] : sums) {
        const auto& [region, year, kind] = key;
        rows.push_back({text(region), whole(year), text(regions::name_of(kind)), whole(sum.events),
                        whole(sum.without_area), real(sum.reported), whole(sum.verified)});
    }
    return rows;
}

/// An estimate in four cells; empty where there is none.
void add(Row& row, const std::optional<regions::Estimate>& estimate) {
    row.push_back(estimate ? geo::Value(estimate->value) : geo::Value());
    row.push_back(estimate ? geo::Value(estimate->se) : geo::Value());
}

Rows accuracy_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::ClassEstimate& r : results.accuracy) {
        Row row{text(r.name)};
        if (r.area) {
            row.insert(row.end(), {r.area->value, r.area->se, r.area->lo, r.area->hi});
        } else {
            row.insert(row.end(), {real(r.mapped_area), {}, {}, {}});
        }
        add(row, r.users);
        add(row, r.producers);
        row.insert(row.end(), {real(r.mapped_area), whole(r.map_units), whole(r.reference_units),
                               text(r.area ? "" : "pixel_counting_biased")});
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows survey_accuracy_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const SurveyAccuracy& r : results.survey_accuracy) {
        const auto complement = [](const std::optional<regions::Estimate>& share) {
            return share ? geo::Value(1 - share->value) : geo::Value();
        };
        Row row{text(regions::name_of(r.crop)),
                r.year ? whole(*r.year) : geo::Value(),
                text(r.crop_class),
                r.ratio.value,
                r.ratio.se,
                r.ratio.lo,
                r.ratio.hi};
        add(row, r.users);
        add(row, r.producers);
        row.insert(row.end(),
                   {complement(r.producers), complement(r.users), r.overall.value, r.overall.se, whole(r.units)});
        rows.push_back(std::move(row));
    }
    return rows;
}

Rows frame_sample_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const regions::FrameEstimate& r : results.frame_sample)
        rows.push_back(
            {text(r.stratum), r.area.value, r.area.se, r.area.lo, r.area.hi, r.linear_se, r.share, whole(r.frames)});
    return rows;
}

Rows sample_plan_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    if (!results.sample_plan) return rows;
    for (const regions::Allocation& r : results.sample_plan->strata)
        rows.push_back({text(r.stratum), r.weight, r.expected_users, whole(r.proportional), whole(r.equal),
                        whole(r.optimal), whole(r.advised)});
    return rows;
}

Rows diagnostics_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const auto& d : results.diagnostics) {
        rows.push_back({text(name_of(d.severity)), text(d.message.id.text()), text(words.text(d.message)),
                        text(d.locus.file), text(d.locus.layer), text(d.locus.feature),
                        d.locus.line > 0 ? whole(d.locus.line) : geo::Value(), text(d.locus.field),
                        real(d.area_changed)});
    }
    return rows;
}

struct Entry {
    const TableDeclaration* declaration;
    Rows (*rows)(const RunResults&, const Catalogue&);
};

constexpr std::array registry{
    Entry{&survey_accuracy_table, survey_accuracy_rows},
    Entry{&plot_area_table, plot_area_rows},
    Entry{&area_adjusted_table, area_adjusted_rows},
    Entry{&area_zones_table, area_zones_rows},
    Entry{&plot_parts_table, plot_parts_rows},
    Entry{&holdings_table, holdings_rows},
    Entry{&plot_area_then_table, plot_area_then_rows},
    Entry{&region_crosswalk_table, region_crosswalk_rows},
    Entry{&tracks_table, tracks_rows},
    Entry{&track_review_table, track_review_rows},
    Entry{&field_blocks_table, field_blocks_rows},
    Entry{&track_surveys_table, track_surveys_rows},
    Entry{&permanence_table, permanence_rows},
    Entry{&permanence_regions_table, permanence_regions_rows},
    Entry{&eradication_check_table, eradication_check_rows},
    Entry{&replanting_table, replanting_rows},
    Entry{&loss_table, loss_rows},
    Entry{&loss_range_table, loss_range_rows},
    Entry{&loss_destinations_table, loss_destinations_rows},
    Entry{&crop_destinations_table, crop_destinations_rows},
    Entry{&displacement_table, displacement_rows},
    Entry{&adding_up_table, adding_up_rows},
    Entry{&flows_table, flows_rows},
    Entry{&flow_balance_table, flow_balance_rows},
    Entry{&coverage_table, coverage_rows},
    Entry{&register_duplicates_table, register_duplicates_rows},
    Entry{&travel_times_table, travel_times_rows},
    Entry{&reach_table, reach_rows},
    Entry{&catchments_table, catchments_rows},
    Entry{&income_bridge_table, income_bridge_rows},
    Entry{&aid_conflicts_table, aid_conflicts_rows},
    Entry{&readiness_table, readiness_rows},
    Entry{&readiness_missing_table, readiness_missing_rows},
    Entry{&readiness_gates_table, readiness_gates_rows},
    Entry{&readiness_history_table, readiness_history_rows},
    Entry{&readiness_robustness_table, readiness_robustness_rows},
    Entry{&readiness_sensitivity_table, readiness_sensitivity_rows},
    Entry{&readiness_coherence_table, readiness_coherence_rows},
    Entry{&rater_agreement_table, rater_agreement_rows},
    Entry{&sequence_audit_table, sequence_audit_rows},
    Entry{&order_findings_table, order_findings_rows},
    Entry{&reduction_outcomes_table, reduction_outcomes_rows},
    Entry{&small_plots_table, small_plots_rows},
    Entry{&small_plot_families_table, small_plot_families_rows},
    Entry{&small_plot_quotas_table, small_plot_quotas_rows},
    Entry{&small_plot_needs_table, small_plot_needs_rows},
    Entry{&rule_what_if_table, rule_what_if_rows},
    Entry{&welfare_table, welfare_rows},
    Entry{&eradication_table, eradication_rows},
    Entry{&accuracy_table, accuracy_rows},
    Entry{&frame_sample_table, frame_sample_rows},
    Entry{&sample_plan_table, sample_plan_rows},
    Entry{&diagnostics_table, diagnostics_rows},
};

Table filled(const Entry& entry, const RunResults& results, const Catalogue& words) {
    if (entry.declaration == &coverage_table && results.coverage.size() > rows_held_at_most)
        return coverage_made_by_row(results);
    Table table{entry.declaration, entry.rows(results, words)};
    sort_rows(table);
    return table;
}

}  // namespace

std::span<const TableDeclaration* const> declared_tables() {
    static const auto declarations = [] {
        std::array<const TableDeclaration*, registry.size()> result{};
        std::ranges::transform(registry, result.begin(), &Entry::declaration);
        return result;
    }();
    return declarations;
}

const TableDeclaration& declared_table(std::string_view name) {
    for (const TableDeclaration* declaration : declared_tables()) {
        if (declaration->name == name) return *declaration;
    }
    throw geo::Error(geo::ErrorKind::internal, {"table.unknown"_msg, {{"table", std::string(name)}}});
}

Table table_of(const RunResults& results, std::string_view name, const Catalogue& words) {
    const TableDeclaration* declaration = &declared_table(name);
    return filled(*std::ranges::find(registry, declaration, &Entry::declaration), results, words);
}

std::vector<Table> tables_of(const RunResults& results, const Catalogue& words) {
    std::vector<Table> tables;
    for (const Entry& entry : registry) {
        Table table = filled(entry, results, words);
        if (table.row_count() == 0 && entry.declaration != &diagnostics_table) continue;
        tables.push_back(std::move(table));
    }
    return tables;
}

}  // namespace vereda::report
