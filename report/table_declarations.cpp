#include "report/table_declarations.hpp"

#include <array>

namespace vereda::report {

using geo::FieldType;
using geo::operator""_msg;

namespace {

constexpr int hectare_decimals = 4;  // 1 m²
constexpr int square_metre_decimals = 1;
constexpr int share_decimals = 6;

constexpr Column region_id{"region_id", FieldType::text, "", "column.region_id"_msg};
constexpr Column year{"year", FieldType::integer, "", "column.year"_msg};

constexpr std::array plot_area_columns{
    region_id,
    Column{"region_name", FieldType::text, "", "column.region_name"_msg},
    year,
    Column{"crop", FieldType::text, "", "column.crop"_msg},
    Column{"plots", FieldType::integer, "", "column.plots"_msg},
    Column{"area_ha", FieldType::real, "ha", "column.crop_area"_msg, hectare_decimals},
    Column{"area_lo_ha", FieldType::real, "ha", "column.crop_area_lo"_msg, hectare_decimals},
    Column{"area_hi_ha", FieldType::real, "ha", "column.crop_area_hi"_msg, hectare_decimals},
    Column{"observed_share", FieldType::real, "1", "column.observed_share"_msg, share_decimals},
    Column{"observed_assumed", FieldType::integer, "", "column.observed_assumed"_msg},
    Column{"note", FieldType::text, "", "column.area_note"_msg},
    Column{"sampled_ha", FieldType::real, "ha", "column.sampled_area"_msg, hectare_decimals},
    Column{"sampled_lo_ha", FieldType::real, "ha", "column.sampled_area_lo"_msg, hectare_decimals},
    Column{"sampled_hi_ha", FieldType::real, "ha", "column.sampled_area_hi"_msg, hectare_decimals},
};

constexpr Column estimate(std::string_view name, geo::MessageId about) {
    return {name, FieldType::real, "1", about, share_decimals};
}

constexpr std::array survey_accuracy_columns{
    Column{"crop", FieldType::text, "", "column.crop"_msg},
    Column{"year", FieldType::integer, "", "column.sample_year"_msg},
    Column{"crop_class", FieldType::text, "", "column.sample_class"_msg},
    estimate("ratio", "column.sample_ratio"_msg),
    estimate("ratio_se", "column.sample_ratio_se"_msg),
    estimate("ratio_lo", "column.sample_ratio_lo"_msg),
    estimate("ratio_hi", "column.sample_ratio_hi"_msg),
    estimate("users_accuracy", "column.users_accuracy"_msg),
    estimate("users_se", "column.users_se"_msg),
    estimate("producers_accuracy", "column.producers_accuracy"_msg),
    estimate("producers_se", "column.producers_se"_msg),
    estimate("omission", "column.omission"_msg),
    estimate("commission", "column.commission"_msg),
    estimate("overall_accuracy", "column.overall_accuracy"_msg),
    estimate("overall_se", "column.overall_se"_msg),
    Column{"units", FieldType::integer, "", "column.sample_units"_msg},
};

constexpr std::array sequence_audit_columns{
    region_id,
    Column{"household_id", FieldType::text, "", "column.audited_household"_msg, shortest_round_trip, Privacy::personal},
    Column{"reduction_date", FieldType::date, "", "column.reduction_date"_msg},
    Column{"last_gate_date", FieldType::date, "", "column.last_gate_date"_msg},
    Column{"lead_days", FieldType::integer, "d", "column.lead_days"_msg},
    Column{"months_without_income", FieldType::integer, "months", "column.months_without_income"_msg},
    Column{"violation", FieldType::text, "", "column.violation"_msg},
    Column{"kind", FieldType::text, "", "column.event_kind"_msg},
    Column{"reduction_basis", FieldType::text, "", "column.reduction_basis"_msg},
    Column{"gates_after", FieldType::text, "", "column.gates_after"_msg},
    Column{"gates_never", FieldType::text, "", "column.gates_never"_msg},
    Column{"gates_unknown", FieldType::text, "", "column.gates_unknown"_msg},
    Column{"removed_too_early_ha", FieldType::real, "ha", "column.removed_too_early"_msg, hectare_decimals},
    Column{"replanted_ha", FieldType::real, "ha", "column.replanted_after"_msg, hectare_decimals},
    Column{"households", FieldType::integer, "", "column.audited_households"_msg},
    Column{"households_violated", FieldType::integer, "", "column.households_violated"_msg},
    Column{"people_violated", FieldType::integer, "", "column.people_violated"_msg},
    Column{"households_uncounted", FieldType::integer, "", "column.households_uncounted"_msg},
};

constexpr std::array order_findings_columns{
    Column{"kind", FieldType::text, "", "column.order_finding"_msg},
    Column{"region_id", FieldType::text, "", "column.order_region"_msg},
    Column{"programme_id", FieldType::text, "", "column.order_programme"_msg},
    Column{"date", FieldType::date, "", "column.order_date"_msg},
    Column{"households", FieldType::integer, "", "column.order_households"_msg},
    Column{"reason", FieldType::text, "", "column.reason"_msg, shortest_round_trip, Privacy::internal},
};

constexpr std::array reduction_outcomes_columns{
    region_id,
    Column{"crop", FieldType::text, "", "column.crop"_msg},
    Column{"outcome", FieldType::text, "", "column.outcome"_msg},
    Column{"first_year", FieldType::integer, "", "column.first_year"_msg},
    Column{"last_year", FieldType::integer, "", "column.last_year"_msg},
    Column{"area_first_ha", FieldType::real, "ha", "column.area_first"_msg, hectare_decimals},
    Column{"area_last_ha", FieldType::real, "ha", "column.area_last"_msg, hectare_decimals},
    Column{"worse", FieldType::text, "", "column.worse"_msg},
    Column{"known", FieldType::text, "", "column.known_indicators"_msg},
};

constexpr std::array small_plots_columns{
    Column{"household_id", FieldType::text, "", "column.household_id"_msg, shortest_round_trip, Privacy::personal},
    Column{"plot_id", FieldType::text, "", "column.plot_id"_msg, shortest_round_trip, Privacy::personal},
    Column{"pack", FieldType::text, "", "column.pack"_msg},
    Column{"verdict", FieldType::text, "", "column.verdict"_msg},
    Column{"findings", FieldType::text, "", "column.findings"_msg},
    Column{"area_m2", FieldType::real, "m2", "column.plot_area_m2"_msg, square_metre_decimals},
    Column{"sd_m2", FieldType::real, "m2", "column.sd_m2"_msg, square_metre_decimals},
    Column{"limit_m2", FieldType::real, "m2", "column.limit_m2"_msg, square_metre_decimals},
    Column{"p_exceeds", FieldType::real, "1", "column.p_exceeds"_msg, share_decimals},
    Column{"reasons", FieldType::text, "", "column.reasons"_msg, shortest_round_trip, Privacy::internal},
    Column{"offset_correction_m2", FieldType::real, "m2", "column.offset_correction"_msg, square_metre_decimals},
    Column{"pack_version", FieldType::text, "", "column.pack_version"_msg},
    Column{"judged_on", FieldType::date, "", "column.judged_on"_msg},
    Column{"plots", FieldType::integer, "", "column.plots_of_family"_msg},
    Column{"plot_area_m2", FieldType::real, "m2", "column.area_of_plot"_msg, square_metre_decimals},
    Column{"finding_details", FieldType::text, "", "column.finding_details"_msg},
};

constexpr std::array small_plot_families_columns{
    Column{"household_id", FieldType::text, "", "column.counted_family"_msg, shortest_round_trip, Privacy::personal},
    Column{"union", FieldType::text, "", "column.union"_msg, shortest_round_trip, Privacy::personal},
    Column{"pack", FieldType::text, "", "column.pack"_msg},
    Column{"pack_version", FieldType::text, "", "column.pack_version"_msg},
    Column{"crop", FieldType::text, "", "column.crop"_msg},
    Column{"judged_on", FieldType::date, "", "column.judged_on"_msg},
    Column{"verdict", FieldType::text, "", "column.verdict"_msg},
    Column{"findings", FieldType::text, "", "column.findings"_msg},
    Column{"plots", FieldType::integer, "", "column.plots_of_family"_msg},
    Column{"area_m2", FieldType::real, "m2", "column.counted_area_m2"_msg, square_metre_decimals},
    Column{"sd_m2", FieldType::real, "m2", "column.sd_m2"_msg, square_metre_decimals},
    Column{"limit_m2", FieldType::real, "m2", "column.limit_m2"_msg, square_metre_decimals},
    Column{"p_exceeds", FieldType::real, "1", "column.p_exceeds"_msg, share_decimals},
    Column{"measurements", FieldType::integer, "", "column.measurements"_msg},
    Column{"excess_confirmed", FieldType::text, "", "column.excess_confirmed"_msg},
    Column{"correct_until", FieldType::date, "", "column.correct_until"_msg},
    Column{"offences", FieldType::integer, "", "column.offences"_msg},
    Column{"ladder_step", FieldType::integer, "", "column.ladder_step"_msg},
    Column{"ladder_says", FieldType::text, "", "column.ladder_says"_msg, shortest_round_trip, Privacy::internal},
    Column{"false_excess_rate", FieldType::real, "1", "column.false_excess_rate"_msg, share_decimals},
    Column{"false_offence_rate", FieldType::real, "1", "column.false_offence_rate"_msg, share_decimals},
    Column{"next_inspection", FieldType::date, "", "column.next_inspection"_msg},
    Column{"inspection_overdue", FieldType::text, "", "column.inspection_overdue"_msg},
    Column{"reasons", FieldType::text, "", "column.reasons"_msg, shortest_round_trip, Privacy::internal},
    Column{"offences_recorded", FieldType::integer, "", "column.offences_recorded"_msg},
    Column{"sanctions_not_confirmed", FieldType::integer, "", "column.sanctions_not_confirmed"_msg},
};

constexpr std::array small_plot_quotas_columns{
    Column{"pack", FieldType::text, "", "column.pack"_msg},
    Column{"pack_version", FieldType::text, "", "column.pack_version"_msg},
    Column{"zone_kind", FieldType::text, "", "column.zone_kind"_msg},
    Column{"allowed", FieldType::text, "", "column.zone_allowed"_msg},
    Column{"plots", FieldType::integer, "", "column.plots"_msg},
    Column{"area_ha", FieldType::real, "ha", "column.quota_area"_msg, hectare_decimals},
    Column{"area_lo_ha", FieldType::real, "ha", "column.quota_area_lo"_msg, hectare_decimals},
    Column{"area_hi_ha", FieldType::real, "ha", "column.quota_area_hi"_msg, hectare_decimals},
    Column{"cap_ha", FieldType::real, "ha", "column.cap"_msg, hectare_decimals},
    Column{"counted_ha", FieldType::real, "ha", "column.counted_against_cap"_msg, hectare_decimals},
    Column{"remaining_ha", FieldType::real, "ha", "column.remaining"_msg, hectare_decimals},
    Column{"remaining_lo_ha", FieldType::real, "ha", "column.remaining_lo"_msg, hectare_decimals},
    Column{"remaining_hi_ha", FieldType::real, "ha", "column.remaining_hi"_msg, hectare_decimals},
    Column{"p_over_cap", FieldType::real, "1", "column.p_over_cap"_msg, share_decimals},
    Column{"plots_left", FieldType::integer, "", "column.plots_left"_msg},
};

constexpr std::array small_plot_needs_columns{
    Column{"pack", FieldType::text, "", "column.pack"_msg},
    Column{"judged_on", FieldType::date, "", "column.need_on"_msg},
    Column{"in_force", FieldType::text, "", "column.exemption_in_force"_msg},
    Column{"villages", FieldType::integer, "", "column.villages"_msg},
    Column{"users_lo", FieldType::integer, "", "column.users_lo"_msg},
    Column{"users_hi", FieldType::integer, "", "column.users_hi"_msg},
    Column{"need_lo_ha", FieldType::real, "ha", "column.need_lo"_msg, hectare_decimals},
    Column{"need_hi_ha", FieldType::real, "ha", "column.need_hi"_msg, hectare_decimals},
    Column{"area_ha", FieldType::real, "ha", "column.quota_area"_msg, hectare_decimals},
    Column{"surplus_lo_ha", FieldType::real, "ha", "column.surplus_lo"_msg, hectare_decimals},
    Column{"surplus_hi_ha", FieldType::real, "ha", "column.surplus_hi"_msg, hectare_decimals},
};

constexpr std::array rule_what_if_columns{
    Column{"pack", FieldType::text, "", "column.pack"_msg},
    Column{"change", FieldType::text, "", "column.what_if_change"_msg},
    Column{"household_id", FieldType::text, "", "column.counted_family"_msg, shortest_round_trip, Privacy::personal},
    Column{"move", FieldType::text, "", "column.what_if_move"_msg},
    Column{"verdict", FieldType::text, "", "column.verdict"_msg},
    Column{"verdict_after", FieldType::text, "", "column.verdict_after"_msg},
    Column{"area_ha", FieldType::real, "ha", "column.quota_area"_msg, hectare_decimals},
};

constexpr std::array welfare_columns{
    region_id,
    Column{"period", FieldType::text, "", "column.period"_msg},
    Column{"indicator", FieldType::text, "", "column.indicator"_msg},
    Column{"value", FieldType::real, "", "column.welfare_value"_msg},
    Column{"lo", FieldType::real, "", "column.welfare_lo"_msg},
    Column{"hi", FieldType::real, "", "column.welfare_hi"_msg},
    Column{"unit", FieldType::text, "", "column.welfare_unit"_msg},
    Column{"direction", FieldType::text, "", "column.direction"_msg},
    Column{"source", FieldType::text, "", "column.welfare_source"_msg, shortest_round_trip, Privacy::internal},
};

constexpr std::array eradication_columns{
    Column{"region_id", FieldType::text, "", "column.event_region"_msg},
    year,
    Column{"kind", FieldType::text, "", "column.event_kind"_msg},
    Column{"events", FieldType::integer, "", "column.events"_msg},
    Column{"events_without_area", FieldType::integer, "", "column.events_without_area"_msg},
    Column{"reported_ha", FieldType::real, "ha", "column.reported_ha"_msg, hectare_decimals},
    Column{"events_verified", FieldType::integer, "", "column.events_verified"_msg},
};

constexpr std::array accuracy_columns{
    Column{"class", FieldType::text, "", "column.class"_msg},
    Column{"area", FieldType::real, "", "column.class_area"_msg},
    Column{"se", FieldType::real, "", "column.class_area_se"_msg},
    Column{"lo", FieldType::real, "", "column.class_area_lo"_msg},
    Column{"hi", FieldType::real, "", "column.class_area_hi"_msg},
    Column{"users_accuracy", FieldType::real, "1", "column.users_accuracy"_msg},
    Column{"users_se", FieldType::real, "1", "column.users_se"_msg},
    Column{"producers_accuracy", FieldType::real, "1", "column.producers_accuracy"_msg},
    Column{"producers_se", FieldType::real, "1", "column.producers_se"_msg},
    Column{"mapped_area", FieldType::real, "", "column.mapped_area"_msg},
    Column{"map_units", FieldType::integer, "", "column.map_units"_msg},
    Column{"reference_units", FieldType::integer, "", "column.reference_units"_msg},
    Column{"note", FieldType::text, "", "column.accuracy_note"_msg},
};

constexpr std::array frame_sample_columns{
    Column{"stratum", FieldType::text, "", "column.stratum"_msg},
    Column{"area", FieldType::real, "", "column.class_area"_msg},
    Column{"se", FieldType::real, "", "column.frame_se"_msg},
    Column{"lo", FieldType::real, "", "column.class_area_lo"_msg},
    Column{"hi", FieldType::real, "", "column.class_area_hi"_msg},
    Column{"linear_se", FieldType::real, "", "column.frame_linear_se"_msg},
    Column{"crop_share", FieldType::real, "1", "column.frame_share"_msg},
    Column{"frames", FieldType::integer, "", "column.frames"_msg},
};

constexpr std::array sample_plan_columns{
    Column{"stratum", FieldType::text, "", "column.stratum"_msg},
    Column{"weight", FieldType::real, "1", "column.plan_weight"_msg, share_decimals},
    Column{"expected_users_accuracy", FieldType::real, "1", "column.plan_expected"_msg},
    Column{"units_proportional", FieldType::integer, "", "column.plan_proportional"_msg},
    Column{"units_equal", FieldType::integer, "", "column.plan_equal"_msg},
    Column{"units_optimal", FieldType::integer, "", "column.plan_optimal"_msg},
    Column{"units_advised", FieldType::integer, "", "column.plan_advised"_msg},
};

constexpr std::array diagnostics_columns{
    Column{"severity", FieldType::text, "", "column.severity"_msg},
    Column{"message_id", FieldType::text, "", "column.message_id"_msg},
    Column{"message", FieldType::text, "", "column.message"_msg, shortest_round_trip, Privacy::personal},
    Column{"file", FieldType::text, "", "column.file"_msg, shortest_round_trip, Privacy::internal},
    Column{"layer", FieldType::text, "", "column.layer"_msg, shortest_round_trip, Privacy::internal},
    Column{"feature", FieldType::text, "", "column.feature"_msg, shortest_round_trip, Privacy::personal},
    Column{"line", FieldType::integer, "", "column.line"_msg},
    Column{"field", FieldType::text, "", "column.field"_msg},
    Column{"area_changed_m2", FieldType::real, "m2", "column.area_changed"_msg, square_metre_decimals},
};

}  // namespace

const TableDeclaration survey_accuracy_table{"survey_accuracy", "table.survey_accuracy.title"_msg,
                                             "table.survey_accuracy.about"_msg, Audience::internal_only,
                                             survey_accuracy_columns};
const TableDeclaration plot_area_table{"plot_area", "table.plot_area.title"_msg, "table.plot_area.about"_msg,
                                       Audience::public_safe, plot_area_columns};
const TableDeclaration sequence_audit_table{"sequence_audit", "table.sequence_audit.title"_msg,
                                            "table.sequence_audit.about"_msg, Audience::internal_only,
                                            sequence_audit_columns};
const TableDeclaration order_findings_table{"order_findings", "table.order_findings.title"_msg,
                                            "table.order_findings.about"_msg, Audience::internal_only,
                                            order_findings_columns};
const TableDeclaration reduction_outcomes_table{"reduction_outcomes", "table.reduction_outcomes.title"_msg,
                                                "table.reduction_outcomes.about"_msg, Audience::internal_only,
                                                reduction_outcomes_columns};
const TableDeclaration small_plots_table{"small_plots", "table.small_plots.title"_msg, "table.small_plots.about"_msg,
                                         Audience::internal_only, small_plots_columns};
const TableDeclaration small_plot_families_table{"small_plot_families", "table.small_plot_families.title"_msg,
                                                 "table.small_plot_families.about"_msg, Audience::internal_only,
                                                 small_plot_families_columns};
const TableDeclaration small_plot_quotas_table{"small_plot_quotas", "table.small_plot_quotas.title"_msg,
                                               "table.small_plot_quotas.about"_msg, Audience::internal_only,
                                               small_plot_quotas_columns};
const TableDeclaration small_plot_needs_table{"small_plot_needs", "table.small_plot_needs.title"_msg,
                                              "table.small_plot_needs.about"_msg, Audience::internal_only,
                                              small_plot_needs_columns};
const TableDeclaration rule_what_if_table{"rule_what_if", "table.rule_what_if.title"_msg,
                                          "table.rule_what_if.about"_msg, Audience::internal_only,
                                          rule_what_if_columns};
const TableDeclaration welfare_table{"welfare", "table.welfare.title"_msg, "table.welfare.about"_msg,
                                     Audience::public_safe, welfare_columns};
const TableDeclaration eradication_table{"eradication", "table.eradication.title"_msg, "table.eradication.about"_msg,
                                         Audience::internal_only, eradication_columns};
const TableDeclaration accuracy_table{"accuracy", "table.accuracy.title"_msg, "table.accuracy.about"_msg,
                                      Audience::internal_only, accuracy_columns};
const TableDeclaration frame_sample_table{"frame_sample", "table.frame_sample.title"_msg,
                                          "table.frame_sample.about"_msg, Audience::internal_only,
                                          frame_sample_columns};
const TableDeclaration sample_plan_table{"sample_plan", "table.sample_plan.title"_msg, "table.sample_plan.about"_msg,
                                         Audience::internal_only, sample_plan_columns};
const TableDeclaration diagnostics_table{"diagnostics", "table.diagnostics.title"_msg, "table.diagnostics.about"_msg,
                                         Audience::internal_only, diagnostics_columns};

}  // namespace vereda::report
