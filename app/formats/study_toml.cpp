#include "app/formats/study_toml.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>

#include "app/file_reference.hpp"
#include "app/formats/study_section.hpp"
#include "app/formats/toml_reader.hpp"
#include "geo/io/atomic_file.hpp"
#include "regions/loss_attribution.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// The section where it stands, with all its declared keys known.
std::optional<StudySectionReader> section(const TomlTable& root, std::string_view name, StudyContext& context) {
    try {
        if (auto table = root.table(name)) {
            StudySectionReader reader(name, *table, context);
            reader.ask_for_all();
            return reader;
        }
    } catch (Error& error) {
        context.problems.push_back(error);
    }
    return std::nullopt;
}

std::vector<StudySectionReader> repeated_section(const TomlTable& root, std::string_view name, StudyContext& context) {
    std::vector<StudySectionReader> readers;
    try {
        for (TomlTable& table : root.tables(name)) {
            readers.emplace_back(name, std::move(table), context).ask_for_all();
        }
    } catch (Error& error) {
        context.problems.push_back(error);
    }
    return readers;
}

void require_section(const TomlTable& root, std::string_view name, StudyContext& context) {
    if (root.has(name)) return;
    context.problems.emplace_back(ErrorKind::usage,
                                  Message{"study.section_missing"_msg, {{"section", std::string(name)}}}, root.place());
}

void read_facts(StudySectionReader& reader, Study& study) {
    study.name = reader.text("name").value_or("");
    for (const std::string& name : reader.texts("crops")) {
        if (const auto crop = regions::crop_named(name)) study.crops.push_back(*crop);
    }
    std::ranges::sort(study.crops);
    study.crops.erase(std::ranges::unique(study.crops).begin(), study.crops.end());
    for (const long long year : reader.integers("years"))
        study.years.push_back(static_cast<int>(year));
    std::ranges::sort(study.years);
    if (std::ranges::adjacent_find(study.years) != study.years.end()) {
        reader.problem({ErrorKind::usage,
                        {"study.year_twice"_msg, {{"year", std::to_string(*std::ranges::adjacent_find(study.years))}}},
                        reader.place("years")});
    }
    study.crs = reader.crs("crs");
    study.currency = reader.text("currency").value_or("");
    study.announcement_date = reader.date("announcement_date");
    const int last_year = study.years.empty() ? 2000 : study.years.back();
    study.as_of = reader.date("as_of").value_or(Date(std::chrono::year(last_year) / std::chrono::December / 31));
}

void read_regions(StudySectionReader& reader, Study& study) {
    auto source = reader.file("source");
    for (const char* name : {"id", "name", "parent"}) {
        const auto column = reader.text(name);
        if (source && column && reader.has(name)) source->columns[name] = *column;
    }
    if (source) study.regions = *std::move(source);
}

void read_zones(StudySectionReader& reader, Study& study) {
    const auto kind = reader.text("kind");
    auto source = reader.file("source");
    const auto known = kind ? regions::zone_kind_named(*kind) : std::nullopt;
    if (known && source) study.zones.push_back({*known, *std::move(source)});
}

void read_boundaries(StudySectionReader& reader, Study& study) {
    const auto until = reader.integer("until");
    auto source = reader.file("source");
    if (until && source) study.boundaries.push_back({static_cast<int>(*until), *std::move(source)});
}

void read_accuracy(StudySectionReader& reader, Study& study) {
    StudyAccuracy accuracy;
    accuracy.sample = reader.file("sample");
    accuracy.matrix = reader.file("matrix");
    accuracy.columns = {reader.text("stratum").value_or(""), reader.text("reference").value_or(""),
                        reader.text("map").value_or("")};
    const auto areas = reader.file("areas");
    const auto crop = regions::crop_named(reader.text("crop").value_or(""));
    accuracy.crop = crop.value_or(study.crops.empty() ? regions::Crop::coca : study.crops.front());
    accuracy.crop_class = reader.text("crop_class").value_or(std::string(regions::name_of(accuracy.crop)));
    if (const auto year = reader.integer("year")) accuracy.year = static_cast<int>(*year);
    const auto refuse = [&](MessageId id, std::string_view key) {
        reader.problem({ErrorKind::usage, {id, {}}, reader.place(key)});
    };
    if (accuracy.sample.has_value() == accuracy.matrix.has_value())
        return refuse("study.sample_or_matrix"_msg, "sample");
    const bool twice = std::ranges::any_of(study.accuracy, [&](const StudyAccuracy& other) {
        return other.crop == accuracy.crop && other.year == accuracy.year;
    });
    if (twice) return refuse("study.accuracy_twice"_msg, "sample");
    if (!areas) return;
    accuracy.areas = *areas;
    study.accuracy.push_back(std::move(accuracy));
}

void read_tracking(StudySectionReader& reader, Study& study) {
    regions::TrackingOptions& options = study.tracking;
    regions::IdentityOptions& identity = options.identity;
    options.abandoned_after = static_cast<int>(reader.integer("abandoned_after").value_or(options.abandoned_after));
    identity.position_error = Metres(reader.number("position_error_m").value_or(identity.position_error.value()));
    identity.well_observed = reader.number("observed_min").value_or(identity.well_observed);
    identity.accept = reader.number("accept").value_or(identity.accept);
    identity.review = reader.number("review").value_or(identity.review);
    options.first_harvest_months =
        static_cast<int>(reader.integer("first_harvest_months").value_or(options.first_harvest_months));
    options.block_gap = Metres(reader.number("block_gap_m").value_or(options.block_gap.value()));
}

void read_permanence(StudySectionReader& reader, Study& study) {
    regions::PermanenceOptions& options = study.permanence;
    if (const auto cell = reader.number("cell_m")) options.cell = Metres(*cell);
    if (const auto years = reader.integer("window_years")) options.window_years = static_cast<int>(*years);
    if (const auto presence = reader.number("presence_ha")) options.presence = Hectares(*presence);
    if (const auto share = reader.number("observed_min")) options.observed_min = *share;
}

void read_area(StudySectionReader& reader, Study& study) {
    regions::AdjustmentOptions& options = study.adjustment;
    if (const auto written = reader.text("cutoff")) {
        if (const auto day = parse_month_day(*written)) {
            options.cutoff = *day;
        } else {
            reader.problem(
                {ErrorKind::usage, {"study.not_month_day"_msg, {{"value", *written}}}, reader.place("cutoff")});
        }
    }
    options.growth_rate = reader.number("growth_rate");
    if (const auto share = reader.number("effectiveness_by_hand")) options.effectiveness.by_hand = *share;
    options.effectiveness.aerial = reader.number("effectiveness_aerial");
    options.effectiveness.unknown = reader.number("effectiveness_unknown");
}

void check_survey(StudySectionReader& reader, const StudySurvey& survey, const Study& study) {
    const auto refuse = [&](MessageId id, std::string_view key, const std::string& value = {}) {
        reader.problem({ErrorKind::usage, {id, {{"value", value}}}, reader.place(key)});
    };
    if (reader.has("plots") == reader.has("classes")) refuse("study.plots_or_classes"_msg, "plots");
    if (reader.has("classes") && !reader.has("crop_class")) refuse("study.crop_class_missing"_msg, "classes");
    if (survey.connectivity != 4 && survey.connectivity != 8) refuse("study.connectivity"_msg, "connectivity");
    if (!study.years.empty() && std::ranges::find(study.years, survey.year) == study.years.end() && survey.year != 0) {
        refuse("study.survey_year_outside"_msg, "year", std::to_string(survey.year));
    }
    if (!study.crops.empty() && std::ranges::find(study.crops, survey.crop) == study.crops.end()) {
        refuse("study.survey_crop_outside"_msg, "crop", std::string(regions::name_of(survey.crop)));
    }
    const bool twice = std::ranges::any_of(study.surveys, [&](const StudySurvey& other) {
        return other.year == survey.year && other.crop == survey.crop && survey.year != 0;
    });
    if (twice) refuse("study.survey_twice"_msg, "year", std::to_string(survey.year));
}

/// Surveys that read the same features can be told apart by a column of the file alone.
void mark_shared(StudySurvey& survey, std::vector<StudySurvey>& earlier) {
    if (!survey.plots) return;
    for (StudySurvey& other : earlier) {
        if (!other.plots || other.plots->path != survey.plots->path ||
            other.plots->options.layer != survey.plots->options.layer ||
            other.plots->options.where != survey.plots->options.where)
            continue;
        if (other.year != survey.year) survey.shared_by_years = other.shared_by_years = true;
        if (other.crop != survey.crop) survey.shared_by_crops = other.shared_by_crops = true;
    }
}

void read_survey(StudySectionReader& reader, Study& study) {
    StudySurvey survey;
    survey.year = static_cast<int>(reader.integer("year").value_or(0));
    const auto crop = reader.text("crop");
    survey.crop = regions::crop_named(crop.value_or(""))
                      .value_or(study.crops.empty() ? regions::Crop::coca : study.crops.front());
    survey.plots = reader.file("plots");
    survey.classes = reader.raster("classes");
    survey.crop_class = reader.integer("crop_class").value_or(0);
    survey.min_area = Hectares(reader.number("min_area_ha").value_or(0));
    survey.connectivity = static_cast<int>(reader.integer("connectivity").value_or(8));
    if (reader.holds_raster("observed")) {
        survey.observed_mask = reader.raster("observed");
    } else {
        survey.observed = reader.file("observed");
    }
    survey.observed_values = reader.integers("observed_values");
    survey.image_date = reader.date("image_date");
    if (const auto error = reader.number("position_error_m")) survey.position_error = Metres(*error);
    if (const auto bias = reader.number("outline_bias_sd_m")) survey.outline_bias_sd = Metres(*bias);
    survey.place = reader.place();
    check_survey(reader, survey, study);
    mark_shared(survey, study.surveys);
    study.surveys.push_back(std::move(survey));
}

/// "1=cattle": class and name.
std::map<int, std::string> driver_names(StudySectionReader& reader) {
    std::map<int, std::string> names;
    for (const std::string& text : reader.texts("driver_names")) {
        const std::size_t sign = std::min(text.find('='), text.size());
        int value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + sign, value);
        if (fault != std::errc() || end != text.data() + sign || sign + 1 >= text.size()) {
            reader.problem(
                Error(ErrorKind::usage, {"study.driver_name"_msg, {{"text", text}}}, reader.place("driver_names")));
            continue;
        }
        names[value] = text.substr(sign + 1);
    }
    return names;
}

void read_rasters(StudySectionReader& reader, Study& study) {
    study.forest.loss_year = reader.raster("forest_loss_year");
    study.forest.loss_base = static_cast<int>(reader.integer("forest_loss_base").value_or(2000));
    study.forest.tree_cover = reader.raster("tree_cover");
    study.forest.tree_cover_min = reader.number("tree_cover_min").value_or(30);
    study.forest.biomass = reader.raster("biomass");
    study.forest.drivers = reader.raster("drivers");
    study.forest.driver_names = driver_names(reader);
    study.forest.driver_accuracy = reader.file("driver_accuracy");
    study.forest.associated_radius_m = reader.number("associated_radius_m").value_or(regions::kAssociatedRadius);
    study.travel.friction = reader.raster("friction");
    study.travel.unit = friction_unit(reader.text("friction_unit").value_or("")).value_or(study.travel.unit);
    study.travel.elevation = reader.raster("elevation");
}

void read_places(StudySectionReader& reader, Study& study) {
    study.places.markets = reader.file("markets");
    study.places.services = reader.file("services");
    study.travel.roads = reader.file("roads");
    study.travel.rivers = reader.file("rivers");
    if (const auto month = reader.integer("month")) study.travel.month = static_cast<int>(*month);
}

void read_people(StudySectionReader& reader, Study& study) {
    study.people.households = reader.file("households");
    study.people.deliveries = reader.file("deliveries");
    study.people.programmes = reader.file("programmes");
    study.people.incomes = reader.file("incomes");
    study.people.prices = reader.file("prices");
    study.people.evidence = reader.file("evidence");
    study.people.incidents = reader.file("incidents");
    study.people.sanctions = reader.file("sanctions");
    study.people.context = reader.file("context");
    study.people.context_totals = reader.file("context_totals");
}

void read_coverage(StudySectionReader& reader, Study& study) {
    study.coverage.ha_per_family = reader.number("ha_per_family");
    study.coverage.ha_per_family_lo = reader.number("ha_per_family_lo");
    study.coverage.ha_per_family_hi = reader.number("ha_per_family_hi");
    study.coverage.near = Metres(reader.number("near_m").value_or(2000));
    const double value = study.coverage.ha_per_family.value_or(0);
    const bool stated = study.coverage.ha_per_family.has_value();
    const bool ends = study.coverage.ha_per_family_lo || study.coverage.ha_per_family_hi;
    const bool ordered = study.coverage.ha_per_family_lo.value_or(value) <= value &&
                         value <= study.coverage.ha_per_family_hi.value_or(value);
    if ((ends && !stated) || (stated && !ordered))
        reader.problem({ErrorKind::usage, {"coverage.ha_per_family"_msg, {}}, reader.place("ha_per_family")});
}

void read_plan(StudySectionReader& reader, StudyDisplacement& displacement) {
    regions::DisplacementPlan& plan = displacement.plan;
    plan.belt = Metres(reader.number("belt_m").value_or(plan.belt.value()));
    if (reader.has("belts_m")) {
        plan.belts.clear();
        for (const long long metres : reader.integers("belts_m"))
            plan.belts.emplace_back(static_cast<double>(metres));
    }
    plan.smallest_effect = reader.number("smallest_effect").value_or(plan.smallest_effect);
    plan.lag = static_cast<int>(reader.integer("lag_years").value_or(plan.lag));
    plan.anticipation = static_cast<int>(reader.integer("anticipation_years").value_or(plan.anticipation));
    plan.placebos = static_cast<int>(reader.integer("placebos").value_or(plan.placebos));
    plan.bootstrap_draws = static_cast<int>(reader.integer("bootstrap_draws").value_or(plan.bootstrap_draws));
    if (reader.has("covariates")) plan.covariates = reader.texts("covariates");
    plan.negative_control = reader.text("negative_control").value_or("");
    plan.indigenous_within = Metres(reader.number("indigenous_within_m").value_or(plan.indigenous_within.value()));
    displacement.cell = Metres(reader.number("cell_m").value_or(displacement.cell.value()));
    displacement.flows.cap = Metres(reader.number("flow_cap_m").value_or(displacement.flows.cap.value()));
    displacement.flows.lag = static_cast<int>(reader.integer("flow_lag").value_or(displacement.flows.lag));
}

void read_sections(const TomlTable& root, Study& study, StudyContext& context) {
    require_section(root, "study", context);
    require_section(root, "regions", context);
    if (auto reader = section(root, "study", context)) read_facts(*reader, study);
    if (auto reader = section(root, "regions", context)) read_regions(*reader, study);
    for (StudySectionReader& reader : repeated_section(root, "zones", context))
        read_zones(reader, study);
    for (StudySectionReader& reader : repeated_section(root, "surveys", context))
        read_survey(reader, study);
    for (StudySectionReader& reader : repeated_section(root, "boundaries", context))
        read_boundaries(reader, study);
    std::ranges::stable_sort(study.boundaries, {}, &StudyBoundaries::until);
    for (StudySectionReader& reader : repeated_section(root, "accuracy", context))
        read_accuracy(reader, study);
    if (auto reader = section(root, "tracking", context)) read_tracking(*reader, study);
    if (auto reader = section(root, "permanence", context)) read_permanence(*reader, study);
    if (auto reader = section(root, "area", context)) read_area(*reader, study);
    if (auto reader = section(root, "rasters", context)) read_rasters(*reader, study);
    if (auto reader = section(root, "places", context)) read_places(*reader, study);
    if (auto reader = section(root, "coverage", context)) read_coverage(*reader, study);
    if (auto reader = section(root, "events", context)) study.eradication = reader->file("eradication");
    if (auto reader = section(root, "panel", context)) study.panel = reader->file("source");
    if (auto reader = section(root, "plan", context)) read_plan(*reader, study.displacement);
    if (auto reader = section(root, "people", context)) read_people(*reader, study);
    if (auto reader = section(root, "readiness", context)) {
        study.readiness_model = reader->text("model").value_or("");
        study.people.indicators = reader->file("indicators");
        study.people.responsibilities = reader->file("responsibilities");
        study.readiness_draws = static_cast<long>(reader->integer("draws").value_or(10'000));
    }
    if (auto reader = section(root, "rules", context)) {
        study.rule_packs = reader->texts("packs");
        study.registered_plots = reader->file("plots");
        if (const auto error = reader->number("position_error_m")) study.rule_position_error = Metres(*error);
    }
    std::vector<Error> unknown = root.unknown_keys();
    std::ranges::move(unknown, std::back_inserter(context.problems));
}

}  // namespace

StudyReading study_from_toml(std::string_view text, const std::filesystem::path& path, bool allow_references) {
    StudyReading reading;
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(path, error);
    reading.study.path = path.string();
    reading.study.folder = (error ? path : whole).parent_path();
    StudyContext context{reading.study.folder, allow_references, {}};
    const TomlDocument document = TomlDocument::parse(text, Locus{path.string(), {}, {}, 0, {}});
    read_sections(document.root(), reading.study, context);
    reading.problems = std::move(context.problems);
    std::ranges::stable_sort(reading.problems, {}, [](const Error& e) { return e.locus().line; });
    return reading;
}

StudyReading read_study(const std::filesystem::path& path, bool allow_references) {
    const std::string name = path.string();
    try {
        const std::string whole = resolved_path(name, std::filesystem::current_path(), false);
        return study_from_toml(io::read_file(whole, TomlDocument::largest_bytes + 1), path, allow_references);
    } catch (Error& error) {
        throw Error(error.in_file(name));
    }
}

Study load_study(const std::filesystem::path& path, bool allow_references) {
    StudyReading reading = read_study(path, allow_references);
    if (!reading.problems.empty()) throw Error(reading.problems.front());
    return std::move(reading.study);
}

}  // namespace vereda::app
