#include "report/provenance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/key_figures.hpp"
#include "report/key_sentences.hpp"

namespace vereda::report {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
    Json object = Json::object();
    for (const auto& [key, value] : pairs)
        object[key] = value;
    return object;
}

long count_of(const RunResults& results, geo::Severity severity) {
    return std::ranges::count(results.diagnostics, severity, &geo::Diagnostic::severity);
}

}  // namespace

std::string run_json(const Provenance& provenance, const StudyFacts& study) {
    Json json;
    json["vereda"] = provenance.vereda_version;
    json["libraries"] = pairs_json(provenance.library_versions);
    json["study"]["name"] = study.name;
    json["study"]["years"] = study.years;
    json["study"]["crops"] = Json::array();
    for (const regions::Crop crop : study.crops)
        json["study"]["crops"].push_back(regions::name_of(crop));
    if (!study.currency.empty()) json["study"]["currency"] = study.currency;
    json["analysis_crs"] = provenance.analysis_crs;
    json["seed"] = provenance.seed;
    json["parameters"] = pairs_json(provenance.parameters);
    json["inputs"] = Json::array();
    for (const InputFile& input : provenance.inputs) {
        json["inputs"].push_back({{"role", input.role}, {"path", input.path}, {"sha256", input.sha256}});
    }
    return dumped(json, 2);
}

std::string summary_json(const RunResults& results, std::span<const OutputFile> outputs, const Catalogue& words,
                         std::span<const std::pair<std::string, long>> counts) {
    const KeyFigures figures = key_figures(results);
    Json json;
    json["study"] = results.study.name;
    json["language"] = words.language();
    json["answers"] = Json::array();
    for (const KeySentence& sentence : key_sentences(results, figures, words)) {
        json["answers"].push_back({{"topic", sentence.topic},
                                   {"answered", sentence.answered},
                                   {"answer", sentence.answer},
                                   {"limits", sentence.limits}});
    }
    if (!counts.empty()) json["counts"] = Json::object();
    for (const auto& [name, count] : counts)
        json["counts"][name] = count;
    json["readiness"] = {{"READY", figures.readiness.ready},
                         {"CONDITIONAL", figures.readiness.conditional},
                         {"NOT_READY", figures.readiness.not_ready},
                         {"INSUFFICIENT_DATA", figures.readiness.insufficient}};
    json["diagnostics"] = {{"note", count_of(results, geo::Severity::note)},
                           {"warning", count_of(results, geo::Severity::warning)},
                           {"problem", count_of(results, geo::Severity::problem)}};
    json["skipped"] = Json::array();
    for (const SkippedAnalysis& skipped : results.skipped) {
        json["skipped"].push_back({{"analysis", skipped.analysis}, {"reason", words.text(skipped.reason)}});
    }
    json["outputs"] = Json::array();
    for (const OutputFile& output : outputs) {
        json["outputs"].push_back({{"path", output.path}, {"sha256", output.sha256}});
    }
    return dumped(json, -1);
}

}  // namespace vereda::report
