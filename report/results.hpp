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
#include "livelihoods/coverage.hpp"
#include "livelihoods/readiness.hpp"
#include "livelihoods/readiness_model.hpp"
#include "livelihoods/rule_pack.hpp"
#include "livelihoods/rule_what_if.hpp"
#include "livelihoods/small_plots.hpp"
#include "livelihoods/welfare.hpp"
#include "regions/accuracy.hpp"
#include "regions/eradication.hpp"
#include "regions/forest_loss.hpp"
#include "regions/frame_sample.hpp"
#include "regions/plot_area.hpp"
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

struct RunResults {
    StudyFacts study;
    std::optional<regions::RegionSet> regions;
    std::vector<regions::Zone> zones;
    std::vector<regions::Survey> surveys;
    std::vector<regions::EradicationEvent> eradication;

    std::vector<regions::PlotAreaRow> plot_area;
    std::vector<regions::ClassEstimate> accuracy;
    std::vector<regions::FrameEstimate> frame_sample;
    std::optional<regions::SamplePlan> sample_plan;
    std::vector<regions::LossRow> loss;
    std::vector<livelihoods::CoverageRow> coverage;
    std::optional<livelihoods::ReadinessModel> readiness_model;
    std::vector<livelihoods::ReadinessRow> readiness;
    std::vector<livelihoods::RulePack> rule_packs;
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
