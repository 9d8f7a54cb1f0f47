#include <optional>

#include "report/table_rows.hpp"

namespace vereda::report {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words)
        list += (list.empty() ? "" : ";") + word;
    return list;
}

}  // namespace

Rows sequence_audit_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const livelihoods::SequenceRow& r : results.sequence_audit) {
        const bool region = r.household_id.empty();
        const auto of_region = [&](long value) { return region ? whole(value) : geo::Value(); };
        rows.push_back({text(r.region_id), text(r.household_id), day(r.reduction), day(r.last_gate), whole(r.lead_days),
                        whole(r.months_without_income), text(livelihoods::name_of(r.violation)),
                        text(regions::name_of(r.kind)), text(region ? "" : livelihoods::name_of(r.basis)),
                        text(joined(r.gates_after)), text(joined(r.gates_never)), text(joined(r.gates_unknown)),
                        real(r.removed_too_early), real(r.replanted), of_region(r.families),
                        of_region(r.families_violated), of_region(r.people_violated), of_region(r.families_uncounted)});
    }
    return rows;
}

Rows order_findings_rows(const RunResults& results, const Catalogue& words) {
    Rows rows;
    for (const livelihoods::OrderFinding& f : results.order_findings) {
        rows.push_back({text(f.finding.kind), text(f.region_id), text(f.programme_id), day(f.date),
                        f.families > 0 ? whole(f.families) : geo::Value(), text(words.text(f.finding.reason))});
    }
    return rows;
}

Rows reduction_outcomes_rows(const RunResults& results, const Catalogue&) {
    Rows rows;
    for (const livelihoods::RegionOutcome& r : results.reduction_outcomes) {
        // Hectares of which nobody knows what they cost people are no result, and are not shown as one.
        const bool told = r.outcome != livelihoods::ReductionOutcome::hectares_only;
        const auto hectares = [&](geo::Hectares area) { return told ? geo::Value(area.value()) : geo::Value(); };
        rows.push_back({text(r.region_id), text(regions::name_of(r.crop)), text(livelihoods::name_of(r.outcome)),
                        whole(r.first_year), whole(r.last_year), hectares(r.area_first), hectares(r.area_last),
                        text(joined(r.worse)), text(joined(r.known))});
    }
    return rows;
}

}  // namespace vereda::report
