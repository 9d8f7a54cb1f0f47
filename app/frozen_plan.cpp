#include "app/frozen_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"

namespace vereda::app {

using namespace geo;

namespace {

using Json = nlohmann::ordered_json;
using Facts = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kFormat = "vereda frozen plan 1";
constexpr std::size_t kLargest = 1 << 20;

std::string hash_of(const Facts& facts) {
    std::string text;
    for (const auto& [name, value] : facts)
        text += name + "=" + value + "\n";
    return io::sha256_of_bytes(text);
}

Facts facts_of(const Json& json, const Locus& place) {
    const bool whole = json.is_object() && json.value("format", "") == kFormat && json.contains("plan") &&
                       json["plan"].is_object() && json.contains("sha256") && json["sha256"].is_string();
    if (!whole) throw Error(ErrorKind::input, {"frozen.not_a_plan"_msg, {}}, place);
    Facts facts;
    for (const auto& [name, value] : json["plan"].items()) {
        if (!value.is_string()) throw Error(ErrorKind::input, {"frozen.not_a_plan"_msg, {}}, place);
        facts.emplace_back(name, value.get<std::string>());
    }
    return facts;
}

[[noreturn]] void differs(const std::string& key, const std::string& frozen, const std::string& now,
                          const Locus& place) {
    throw Error(ErrorKind::integrity, {"frozen.differs"_msg, {{"key", key}, {"frozen", frozen}, {"now", now}}}, place);
}

}  // namespace

Facts plan_facts(const Study& study, unsigned long seed) {
    const regions::DisplacementPlan& plan = study.displacement.plan;
    const regions::FlowPlan& flows = study.displacement.flows;
    std::vector<double> belts;
    for (const Metres belt : plan.belts)
        belts.push_back(belt.value());
    std::vector<std::string> crops;
    for (const regions::Crop crop : study.crops)
        crops.emplace_back(regions::name_of(crop));
    std::vector<std::string> surveys;
    for (const StudySurvey& survey : study.surveys)
        surveys.push_back(fmt::format("{} {}: {}", survey.year, regions::name_of(survey.crop),
                                      survey.plots ? survey.plots->written : survey.classes->written));
    return {
        {"study.years", fmt::format("{}", fmt::join(study.years, ", "))},
        {"study.crops", fmt::format("{}", fmt::join(crops, ", "))},
        {"study.announcement_date", study.announcement_date ? to_iso(*study.announcement_date) : ""},
        {"panel.source", study.panel ? study.panel->written : ""},
        {"surveys", study.panel ? "" : fmt::format("{}", fmt::join(surveys, "; "))},
        {"events.eradication", study.eradication ? study.eradication->written : ""},
        {"plan.belt_m", fmt::format("{}", plan.belt.value())},
        {"plan.belts_m", fmt::format("{}", fmt::join(belts, ", "))},
        {"plan.smallest_effect", fmt::format("{}", plan.smallest_effect)},
        {"plan.lag_years", std::to_string(plan.lag)},
        {"plan.anticipation_years", std::to_string(plan.anticipation)},
        {"plan.placebos", std::to_string(plan.placebos)},
        {"plan.bootstrap_draws", std::to_string(plan.bootstrap_draws)},
        {"plan.covariates", fmt::format("{}", fmt::join(plan.covariates, ", "))},
        {"plan.negative_control", plan.negative_control},
        {"plan.indigenous_within_m", fmt::format("{}", plan.indigenous_within.value())},
        {"plan.cell_m", fmt::format("{}", study.displacement.cell.value())},
        {"plan.flow_cap_m", fmt::format("{}", flows.cap.value())},
        {"plan.flow_lag", std::to_string(flows.lag)},
        {"seed", std::to_string(seed)},
    };
}

std::string plan_hash(const Study& study, unsigned long seed) {
    return hash_of(plan_facts(study, seed));
}

std::string frozen_plan_json(const Study& study, unsigned long seed) {
    Json json;
    json["format"] = kFormat;
    json["plan"] = Json::object();
    for (const auto& [name, value] : plan_facts(study, seed))
        json["plan"][name] = value;
    json["sha256"] = plan_hash(study, seed);
    return json.dump(2) + "\n";
}

void require_frozen(const Study& study, unsigned long seed, const std::string& path) {
    const Locus place{path, {}, {}, 0, {}};
    const Json json = Json::parse(io::read_file(path, kLargest), nullptr, false);
    const Facts frozen = facts_of(json, place);
    if (hash_of(frozen) != json["sha256"].get<std::string>())
        throw Error(ErrorKind::integrity, {"frozen.altered"_msg, {}}, place);
    const Facts now = plan_facts(study, seed);
    for (std::size_t i = 0; i < std::max(now.size(), frozen.size()); ++i) {
        if (i >= frozen.size()) differs(now[i].first, "", now[i].second, place);
        if (i >= now.size()) differs(frozen[i].first, frozen[i].second, "", place);
        if (now[i] != frozen[i]) differs(frozen[i].first, frozen[i].second, now[i].second, place);
    }
}

}  // namespace vereda::app
