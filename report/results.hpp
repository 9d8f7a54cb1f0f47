/// Everything one run found, typed, and what the report needs to draw it. The pipeline (app/) fills it, report/ renders
/// it.
///
/// An analysis that had no data stays empty and is listed in `skipped` with the reason.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/diagnostic.hpp"
#include "geo/geometry.hpp"
#include "livelihoods/access_reach.hpp"
#include "livelihoods/aid_conflict.hpp"
#include "livelihoods/catchment.hpp"
#include "livelihoods/coverage_rows.hpp"
#include "livelihoods/income_bridge.hpp"
#include "livelihoods/indicator_coherence.hpp"
#include "livelihoods/order_findings.hpp"
#include "livelihoods/rater_agreement.hpp"
#include "livelihoods/readiness.hpp"
#include "livelihoods/readiness_missing.hpp"
#include "livelihoods/readiness_model.hpp"
#include "livelihoods/readiness_uncertainty.hpp"
#include "livelihoods/register_duplicates.hpp"
#include "livelihoods/rule_pack.hpp"
#include "livelihoods/rule_what_if.hpp"
#include "livelihoods/sequence_audit.hpp"
#include "livelihoods/small_plots.hpp"
#include "livelihoods/welfare.hpp"
#include "regions/accuracy.hpp"
#include "regions/area_adjusted.hpp"
#include "regions/area_parts.hpp"
#include "regions/crop_destinations.hpp"
#include "regions/crosswalk.hpp"
#include "regions/displaced_loss.hpp"
#include "regions/displacement.hpp"
#include "regions/eradication.hpp"
#include "regions/eradication_check.hpp"
#include "regions/flow_ledger.hpp"
#include "regions/forest_loss.hpp"
#include "regions/frame_sample.hpp"
#include "regions/loss_attribution.hpp"
#include "regions/permanence.hpp"
#include "regions/plot_area.hpp"
#include "regions/plot_tracks.hpp"
#include "regions/region_set.hpp"
#include "regions/sample_size.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::report {

struct InputFile {
    std::string path;  ///< as the study writes it, relative to the study file
    std::string sha256;
    std::string role;  ///< the study key that named it: "regions.source"
};

/// For run.json and the report's last section: enough to repeat the run. No times.
struct Provenance {
    std::string vereda_version;
    std::vector<std::pair<std::string, std::string>> library_versions;  ///< GDAL, GEOS, PROJ, …
    std::vector<InputFile> inputs;
    std::vector<std::pair<std::string, std::string>> parameters;
    unsigned long seed = 0;
    std::string analysis_crs;
};

struct StudyFacts {
    std::string name;
    std::vector<regions::Crop> crops;
    std::vector<int> years;
    std::string currency;
};

struct SkippedAnalysis {
    std::string analysis;  ///< "plot_area", "loss", "coverage", "readiness", "small_plots", "welfare"
    geo::Message reason;
};

/// What a reference sample says of the map of one survey, or of all surveys of a crop.
struct SurveyAccuracy {
    regions::Crop crop = regions::Crop::coca;
    std::optional<int> year;  ///< nullopt: of every survey of the crop that has no sample of its own
    std::string crop_class;   ///< as the sample calls it
    regions::Estimate ratio;  ///< true area over mapped area
    std::optional<regions::Estimate> users;
    std::optional<regions::Estimate> producers;
    regions::Estimate overall;
    long units = 0;
};

/// Areas by the regions as they were until a year.
struct PlotAreaThen {
    int until = 0;
    std::vector<regions::PlotAreaRow> rows;
};

struct DisplacementFindings {
    regions::Crop crop = regions::Crop::coca;
    regions::DisplacementResult result;
    regions::FlowLedger flows;  ///< plausible, not causal
    regions::ArrivalsByRegion arrivals;
    double smallest_effect = 0;
    std::string frozen_plan;  ///< hash of the plan where it was frozen; else empty
};

/// How long people travel to the nearest place of a kind. Internal: it tells where a household or plot lies.
struct TravelTimeRow {
    std::string subject;  ///< "household", "plot", "region"
    std::string id;
    std::string region_id;
    std::string kind;               ///< of the places: "market", …
    std::optional<double> minutes;  ///< nullopt: unknown place, or no way
};

struct RunResults {
    StudyFacts study;
    std::optional<regions::RegionSet> regions;
    std::vector<regions::Zone> zones;
    std::vector<regions::Survey> surveys;
    std::vector<regions::EradicationEvent> eradication;

    std::vector<SurveyAccuracy> survey_accuracy;
    std::vector<regions::SampledRatio> samples;  ///< of survey_accuracy, for the intervals of areas
    std::vector<regions::PlotAreaRow> plot_area;
    std::vector<regions::AdjustedAreaRow> area_adjusted;
    std::vector<regions::PlotPartRow> plot_parts;
    std::vector<regions::ZoneAreaRow> area_zones;
    std::vector<regions::HoldingRow> holdings;
    std::vector<PlotAreaThen> plot_area_then;
    std::vector<regions::CrosswalkRow> region_crosswalk;
    std::optional<regions::PlotTracks> tracks;
    std::optional<regions::Permanence> permanence;
    std::vector<regions::PermanenceRegionRow> permanence_regions;
    regions::EradicationCheck eradication_check;
    std::vector<regions::ClassEstimate> accuracy;
    std::vector<regions::FrameEstimate> frame_sample;
    std::optional<regions::SamplePlan> sample_plan;
    std::vector<regions::LossRow> loss;
    std::vector<regions::LossRange> loss_range;
    /// The same mechanisms over all land of a zone kind; region_id holds the kind.
    std::vector<regions::LossRow> loss_destinations;
    std::vector<regions::CropDestinationRow> crop_destinations;
    std::optional<DisplacementFindings> displacement;
    livelihoods::CoverageRows coverage;
    std::vector<livelihoods::RegisterDuplicate> register_duplicates;
    std::vector<TravelTimeRow> travel_times;
    std::vector<livelihoods::ReachRow> reach;
    std::vector<livelihoods::CatchmentRow> catchments;
    std::vector<livelihoods::NotReachedPlot> not_reached;
    std::vector<livelihoods::IncomeBridgeRow> income_bridge;
    std::vector<livelihoods::AidConflictRow> aid_conflicts;
    std::optional<livelihoods::ReadinessModel> readiness_model;
    std::vector<livelihoods::ReadinessRow> readiness;
    std::vector<livelihoods::ReadinessMissingRow> readiness_missing;
    std::vector<livelihoods::ReadinessRow> readiness_history;  ///< the same model on the last day of each year
    std::vector<livelihoods::CoherenceRow> readiness_coherence;
    livelihoods::ReadinessUncertainty readiness_uncertainty;
    std::vector<livelihoods::RaterAgreement> rater_agreement;
    std::vector<livelihoods::RulePack> rule_packs;
    std::vector<livelihoods::SequenceRow> sequence_audit;
    std::vector<livelihoods::RegionOutcome> reduction_outcomes;
    std::vector<livelihoods::OrderFinding> order_findings;
    std::vector<livelihoods::SmallPlotRow> small_plots;
    std::vector<livelihoods::FamilyVerdict> small_plot_families;
    std::vector<livelihoods::ZoneQuota> small_plot_quotas;
    std::vector<livelihoods::NeedBalance> small_plot_needs;
    std::vector<livelihoods::RuleWhatIf> rule_what_if;  ///< empty: nothing was asked
    std::string what_if;                                ///< the change asked about, as written
    std::vector<regions::Plot> registered_plots;
    std::vector<livelihoods::WelfareRow> welfare;
    /// Registered families by region: what the public edition's suppression counts.
    std::map<std::string, long> families_by_region;

    std::vector<SkippedAnalysis> skipped;
    std::vector<geo::Diagnostic> diagnostics;
    Provenance provenance;
};

}  // namespace vereda::report
