#include "app/pipeline.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>

#include "app/land_inputs.hpp"
#include "app/people_inputs.hpp"
#include "app/study_files.hpp"
#include "app/study_paths.hpp"
#include "app/survey_inputs.hpp"
#include "app/version.hpp"
#include "geo/io/libraries.hpp"
#include "livelihoods/coverage.hpp"
#include "livelihoods/facts.hpp"
#include "livelihoods/readiness.hpp"
#include "livelihoods/small_plots.hpp"
#include "livelihoods/welfare.hpp"
#include "raster/io/gdal_raster_source.hpp"
#include "regions/forest_loss.hpp"
#include "regions/plot_area.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// One run over one study: each step fills its part of the results, or says why it could not.
class Run {
  public:
    Run(const Study& study, const PipelineSettings& settings, Session& session)
        : study_(study), settings_(settings), session_(session), diagnostics_(session.diagnostics) {}

    void read_land();
    void read_people();
    void measure_plots();
    void measure_forest_loss();
    void count_coverage();
    void judge_readiness();
    void judge_small_plots();
    void gather_welfare();
    void note_unused();
    [[nodiscard]] report::RunResults finished(const InputWatch& watch) &&;

  private:
    void skip(const char* analysis, MessageId reason) { results_.skipped.push_back({analysis, {reason, {}}}); }
    [[nodiscard]] std::vector<std::string> region_ids() const;
    [[nodiscard]] livelihoods::Registers registers() const;
    [[nodiscard]] std::unique_ptr<raster::RasterSource> opened(const StudyRaster& raster);
    [[nodiscard]] report::Provenance provenance(const InputWatch& watch) const;

    const Study& study_;
    const PipelineSettings& settings_;
    Session& session_;
    Diagnostics& diagnostics_;
    PeopleInputs people_;
    report::RunResults results_;
};

std::vector<std::string> Run::region_ids() const {
    std::vector<std::string> ids;
    for (const regions::Region& region : results_.regions->regions())
        ids.push_back(region.id);
    return ids;
}

livelihoods::Registers Run::registers() const {
    return {.households = people_.households,
            .programmes = people_.programmes,
            .deliveries = people_.deliveries,
            .incomes = people_.incomes,
            .prices = people_.prices,
            .indicators = people_.indicators,
            .evidence = people_.evidence,
            .incidents = people_.incidents,
            .context = people_.context,
            .eradication = results_.eradication,
            .announcement = study_.announcement_date};
}

std::unique_ptr<raster::RasterSource> Run::opened(const StudyRaster& raster) {
    return raster::io::open_raster(raster.band, {.crs = std::nullopt, .allow_references = settings_.allow_references},
                                   diagnostics_);
}

void Run::read_land() {
    session_.progress.start_stage({"stage.reading_land"_msg, {}},
                                  static_cast<std::int64_t>(2 + study_.zones.size() + study_.surveys.size()));
    results_.study = {study_.name, study_.crops, study_.years, study_.currency};
    results_.regions = read_regions(study_, diagnostics_);
    session_.progress.advance();
    for (const StudyZones& zones : study_.zones) {
        std::vector<regions::Zone> read = read_zones(zones, results_.regions->crs(), diagnostics_);
        std::ranges::move(read, std::back_inserter(results_.zones));
        session_.progress.advance();
    }
    for (const StudySurvey& survey : study_.surveys) {
        results_.surveys.push_back(read_survey(survey, *results_.regions, diagnostics_));
        session_.progress.advance();
    }
    std::ranges::sort(results_.surveys, {}, [](const regions::Survey& s) { return std::pair(s.crop, s.year); });
    if (study_.eradication)
        results_.eradication = read_eradication(*study_.eradication, *results_.regions, diagnostics_);
    session_.progress.advance();
}

void Run::read_people() {
    session_.progress.start_stage({"stage.reading_people"_msg, {}}, 1);
    people_ = app::read_people(study_.people, *results_.regions, diagnostics_);
    for (const livelihoods::Household& household : people_.households) {
        if (results_.regions->find(household.region_id)) ++results_.families_by_region[household.region_id];
    }
    session_.progress.advance();
}

void Run::measure_plots() {
    if (results_.surveys.empty()) return skip("plot_area", "skipped.no_surveys"_msg);
    results_.plot_area =
        regions::plot_area(*results_.regions, results_.surveys, session_.parallelism, diagnostics_, &session_.progress);
}

void Run::measure_forest_loss() {
    if (!study_.forest.loss_year) return skip("loss", "skipped.no_loss_raster"_msg);
    const auto loss_year = opened(*study_.forest.loss_year);
    const auto tree_cover = study_.forest.tree_cover ? opened(*study_.forest.tree_cover) : nullptr;
    regions::LossInputs inputs;
    inputs.loss_year = loss_year.get();
    inputs.base_year = study_.forest.loss_base;
    inputs.tree_cover = tree_cover.get();
    inputs.tree_cover_min = study_.forest.tree_cover_min;
    results_.loss = regions::forest_loss(*results_.regions, results_.surveys, inputs, study_.years,
                                         session_.parallelism, diagnostics_, &session_.progress);
}

void Run::count_coverage() {
    if (!study_.people.households) return skip("coverage", "skipped.no_households"_msg);
    if (!study_.people.deliveries) return skip("coverage", "skipped.no_deliveries"_msg);
    results_.coverage = livelihoods::coverage(people_.households, people_.deliveries, study_.years, diagnostics_);
}

void Run::judge_readiness() {
    if (study_.readiness_model.empty()) return skip("readiness", "skipped.no_readiness_model"_msg);
    results_.readiness_model = read_readiness_model(study_, session_.share);
    const auto facts = livelihoods::region_facts(region_ids(), registers(), study_.as_of, diagnostics_);
    results_.readiness = livelihoods::readiness(*results_.readiness_model, facts, study_.as_of);
}

void Run::judge_small_plots() {
    if (study_.rule_packs.empty()) return skip("small_plots", "skipped.no_rule_packs"_msg);
    results_.rule_packs = read_rule_packs(study_, session_.share);
    if (!study_.registered_plots) return skip("small_plots", "skipped.no_registered_plots"_msg);
    results_.registered_plots = read_registered_plots(*study_.registered_plots, results_.regions->crs(), diagnostics_);
    results_.small_plots = livelihoods::small_plots(results_.registered_plots, people_.households, results_.zones,
                                                    results_.rule_packs, study_.as_of, diagnostics_);
}

void Run::gather_welfare() {
    const StudyPeople& people = study_.people;
    const bool nothing =
        !people.households && !people.deliveries && !people.incomes && !people.incidents && !people.indicators;
    if (nothing) return skip("welfare", "skipped.no_registers"_msg);
    results_.welfare = livelihoods::welfare(region_ids(), study_.years, registers(), results_.loss, diagnostics_);
}

void Run::note_unused() {
    for (const UnusedInput& unused : study_.unused) {
        diagnostics_.add(
            {Severity::note, {"study.unused_input"_msg, {{"key", unused.key}}}, Locus{unused.written, {}, {}, 0, {}}});
    }
}

report::Provenance Run::provenance(const InputWatch& watch) const {
    report::Provenance p;
    p.vereda_version = version();
    p.library_versions = io::library_versions();
    p.inputs = watch.hashed();
    p.seed = settings_.seed;
    p.analysis_crs = results_.regions->crs().wkt();
    p.parameters = {
        {"study.as_of", to_iso(study_.as_of)},
        {"study.announcement_date", study_.announcement_date ? to_iso(*study_.announcement_date) : ""},
        {"rasters.forest_loss_base", std::to_string(study_.forest.loss_base)},
        {"rasters.tree_cover_min", fmt::format("{}", study_.forest.tree_cover_min)},
        {"readiness.model", study_.readiness_model},
        {"rules.packs", fmt::format("{}", fmt::join(study_.rule_packs, ", "))},
        {"allow_references", settings_.allow_references ? "yes" : "no"},
    };
    return p;
}

report::RunResults Run::finished(const InputWatch& watch) && {
    watch.require_unchanged();
    results_.provenance = provenance(watch);
    results_.diagnostics = diagnostics_.sorted();
    for (Diagnostic& diagnostic : results_.diagnostics)
        diagnostic.locus.file = path_as_written(study_, diagnostic.locus.file);
    return std::move(results_);
}

}  // namespace

report::RunResults run_study(const Study& study, const PipelineSettings& settings, Session& session) {
    session.progress.start_stage({"stage.hashing"_msg, {}}, 1);
    const InputWatch watch(files_of(study));
    session.progress.advance();
    Run run(study, settings, session);
    run.read_land();
    run.read_people();
    run.measure_plots();
    run.measure_forest_loss();
    run.count_coverage();
    run.judge_readiness();
    run.judge_small_plots();
    run.gather_welfare();
    run.note_unused();
    return std::move(run).finished(watch);
}

}  // namespace vereda::app
