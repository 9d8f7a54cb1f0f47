#include "app/survey_options.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "app/file_reference.hpp"
#include "app/formats/study_toml.hpp"
#include "app/study_command.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

struct YearFile {
    int year = 0;
    std::string file;
};

YearFile year_file(const std::string& written, const char* option) {
    const std::size_t sign = written.find('=');
    YearFile result;
    const char* end = written.data() + std::min(sign, written.size());
    const auto [stop, fault] = std::from_chars(written.data(), end, result.year);
    const bool is_year = fault == std::errc() && stop == end && result.year >= 1900 && result.year <= 2100;
    if (sign == std::string::npos || !is_year || sign + 1 == written.size()) {
        throw Error(ErrorKind::usage,
                    {"surveys.not_year_file"_msg, {{"option", std::string("--") + option}, {"value", written}}});
    }
    result.file = written.substr(sign + 1);
    return result;
}

/// What is named on the command line is meant: references are taken, network addresses never.
StudySource source_of(const std::string& written, const char* option, const Arguments& arguments) {
    const std::size_t bar = written.rfind('|');
    const std::string file = written.substr(0, bar);
    StudySource source;
    source.path = resolved_path(file, std::filesystem::current_path(), true);
    if (bar != std::string::npos) source.options.layer = written.substr(bar + 1);
    source.written = file;
    source.key = option;
    source.options.allow_references = arguments.flag("allow-references") || is_reference(file);
    return source;
}

StudyRaster mask_of(const std::string& written, const Arguments& arguments) {
    StudyRaster mask{raster::io::parse_band_reference(written), written, "observed", {}};
    mask.band.path = resolved_path(mask.band.path, std::filesystem::current_path(),
                                   arguments.flag("allow-references") || is_reference(written));
    return mask;
}

/// Whole numbers that the option repeats.
std::vector<long long> observed_values(const Arguments& arguments) {
    std::vector<long long> values;
    for (const std::string& text : arguments.texts("observed-value")) {
        long long value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc() || end != text.data() + text.size()) {
            throw Error(ErrorKind::usage, {"cli.not_a_number"_msg, {{"option", "--observed-value"}, {"value", text}}});
        }
        values.push_back(value);
    }
    return values;
}

/// Regions named on the command line; their id serves as their name.
StudySource regions_of(const Arguments& arguments) {
    StudySource regions = source_of(arguments.text("regions"), "regions", arguments);
    if (arguments.has("region-id")) regions.columns["id"] = arguments.text("region-id");
    const auto id = regions.columns.find("id");
    regions.columns["name"] = id == regions.columns.end() ? "id" : id->second;
    return regions;
}

StudySurvey survey_of(const YearFile& written, regions::Crop crop, const Arguments& arguments) {
    StudySurvey survey;
    survey.year = written.year;
    survey.crop = crop;
    survey.plots = source_of(written.file, "survey", arguments);
    if (arguments.has("id")) survey.plots->columns["plot_id"] = arguments.text("id");
    if (arguments.has("position-error-m")) survey.position_error = Metres(arguments.number("position-error-m"));
    return survey;
}

void add_observed(Study& study, const Arguments& arguments) {
    for (const std::string& text : arguments.texts("observed")) {
        const YearFile written = year_file(text, "observed");
        const auto survey = std::ranges::find(study.surveys, written.year, &StudySurvey::year);
        if (survey == study.surveys.end()) {
            throw Error(ErrorKind::usage, {"surveys.observed_without"_msg, {{"year", std::to_string(written.year)}}});
        }
        if (names_raster(written.file)) {
            survey->observed_mask = mask_of(written.file, arguments);
            survey->observed_values = observed_values(arguments);
        } else {
            survey->observed = source_of(written.file, "observed", arguments);
        }
    }
}

/// One file may hold several years: then its year column tells them apart.
void mark_shared_files(std::vector<StudySurvey>& surveys) {
    for (StudySurvey& survey : surveys) {
        survey.shared_by_years = std::ranges::any_of(surveys, [&](const StudySurvey& other) {
            return other.year != survey.year && other.plots->path == survey.plots->path &&
                   other.plots->options.layer == survey.plots->options.layer;
        });
    }
}

Study study_of_surveys(const Arguments& arguments) {
    const regions::Crop crop = regions::crop_named(arguments.text("crop")).value();
    Study study;
    study.folder = std::filesystem::current_path();
    study.name = "surveys";
    study.crops = {crop};
    for (const std::string& text : arguments.texts("survey")) {
        study.surveys.push_back(survey_of(year_file(text, "survey"), crop, arguments));
        study.years.push_back(study.surveys.back().year);
    }
    std::ranges::sort(study.years);
    const auto twice = std::ranges::adjacent_find(study.years);
    if (twice != study.years.end())
        throw Error(ErrorKind::usage, {"surveys.year_twice"_msg, {{"year", std::to_string(*twice)}}});
    mark_shared_files(study.surveys);
    add_observed(study, arguments);
    if (arguments.has("regions")) study.regions = regions_of(arguments);
    if (arguments.declared("eradication") && arguments.has("eradication"))
        study.eradication = source_of(arguments.text("eradication"), "eradication", arguments);
    study.as_of = std::chrono::year(study.years.back()) / std::chrono::December / 31;
    return study;
}

}  // namespace

std::vector<Parameter> survey_parameters(std::vector<Parameter> own) {
    std::vector<Parameter> surveys{
        {.name = "survey",
         .type = ParameterType::text,
         .help = "surveys.survey"_msg,
         .value_name = "YEAR=FILE[|LAYER]",
         .repeatable = true},
        {.name = "observed",
         .type = ParameterType::text,
         .help = "surveys.observed"_msg,
         .value_name = "YEAR=FILE[|LAYER]",
         .repeatable = true},
        {.name = "observed-value",
         .type = ParameterType::text,
         .help = "surveys.observed_value"_msg,
         .value_name = "VALUE",
         .repeatable = true},
        {.name = "regions", .type = ParameterType::path, .help = "surveys.regions"_msg, .value_name = "FILE[|LAYER]"},
        {.name = "region-id", .type = ParameterType::text, .help = "surveys.region_id"_msg, .value_name = "FIELD"},
        {.name = "id", .letter = "f", .type = ParameterType::text, .help = "surveys.id"_msg, .value_name = "FIELD"},
        {.name = "crop",
         .type = ParameterType::choice,
         .help = "surveys.crop"_msg,
         .default_text = "coca",
         .choices = {"coca", "poppy"}},
        {.name = "position-error-m",
         .type = ParameterType::number,
         .help = "surveys.position_error"_msg,
         .unit = "m",
         .least = 0,
         .most = 1000},
        {.name = "eradication",
         .type = ParameterType::path,
         .help = "surveys.eradication"_msg,
         .value_name = "FILE[|LAYER]"},
    };
    std::ranges::move(own, std::back_inserter(surveys));
    std::vector<Parameter> all = study_parameters(std::move(surveys));
    std::ranges::find(all, "study", &Parameter::name)->required = false;
    return all;
}

Study study_of(const Arguments& arguments) {
    if (arguments.has("study") == arguments.has("survey"))
        throw Error(ErrorKind::usage, {"surveys.study_or_surveys"_msg, {}});
    if (arguments.has("study")) return load_study(arguments.text("study"), arguments.flag("allow-references"));
    return study_of_surveys(arguments);
}

}  // namespace vereda::app
