#include "report/displacement_words.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace vereda::report {

using geo::operator""_msg;

namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(std::optional<double> value) {
    return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

geo::MessageId verdict_id(regions::DisplacementVerdict verdict) {
    switch (verdict) {
        case regions::DisplacementVerdict::found:
            return "displacement.verdict.found"_msg;
        case regions::DisplacementVerdict::not_found:
            return "displacement.verdict.not_found"_msg;
        case regions::DisplacementVerdict::cannot_tell:
            return "displacement.verdict.cannot_tell"_msg;
    }
    return "displacement.verdict.cannot_tell"_msg;
}

std::string_view areas_word(regions::ComparisonAreas::Kind kind) {
    switch (kind) {
        case regions::ComparisonAreas::Kind::regions:
            return "regions";
        case regions::ComparisonAreas::Kind::squares:
            return "squares";
        case regions::ComparisonAreas::Kind::everything:
            return "everything";
    }
    return "";
}

bool named_elsewhere(const regions::DisplacementResult& result) {
    return std::ranges::any_of(result.reasons, [](const geo::Message& reason) {
        return reason.id == "displacement.reason.rose_elsewhere"_msg;
    });
}

std::string percent(const NumberFormat& numbers, std::optional<double> share) {
    return share && std::isfinite(*share) ? numbers.percent(*share) : "?";
}

}  // namespace

std::string displacement_answer(const DisplacementFindings& findings, const Catalogue& words) {
    const regions::DisplacementResult& result = findings.result;
    const NumberFormat numbers(words.language());
    const std::string km = numbers.plain(result.within_km);
    std::string answer;
    if (result.mde) {
        answer = words.text("displacement.mde"_msg, {{"mde", percent(numbers, result.mde)},
                                                     {"removals", numbers.integer(result.removals)},
                                                     {"area", numbers.hectares(geo::Hectares(result.removed_ha))},
                                                     {"km", km}}) +
                 " ";
    }
    if (!result.displaced_share) {
        if (result.reasons.empty()) return answer + words.text("displacement.verdict.no_estimate"_msg);
        return answer + words.text("displacement.verdict.no_estimate_because"_msg,
                                   {{"reason", words.text(result.reasons.front())}});
    }
    return answer + words.text(verdict_id(result.verdict), {{"km", km},
                                                            {"share", percent(numbers, result.displaced_share)},
                                                            {"lo", percent(numbers, result.lo)},
                                                            {"hi", percent(numbers, result.hi)}});
}

std::vector<std::string> displacement_reasons(const DisplacementFindings& findings, const Catalogue& words) {
    std::vector<std::string> sentences;
    for (const geo::Message& reason : findings.result.reasons)
        sentences.push_back(words.text("displacement.because"_msg, {{"reason", words.text(reason)}}));
    if (!findings.flows.flows.empty()) sentences.push_back(words.text("displacement.flows_note"_msg));
    return sentences;
}

std::string verdict_json(const DisplacementFindings& findings, const Catalogue& words) {
    const regions::DisplacementResult& result = findings.result;
    Json json;
    json["verdict"] = regions::name_of(result.verdict);
    json["displaced_share"] = number_or_null(result.displaced_share);
    json["lo"] = number_or_null(result.lo);
    json["hi"] = number_or_null(result.hi);
    json["p_value"] = number_or_null(result.p_value);
    json["mde"] = number_or_null(result.mde);
    json["within_km"] = result.within_km;
    json["upper_bound"] = number_or_null(result.upper_bound);
    json["smallest_effect"] = findings.smallest_effect;
    json["crop"] = regions::name_of(findings.crop);
    json["removals"] = result.removals;
    json["removed_ha"] = result.removed_ha;
    json["mapped_rate"] = number_or_null(result.mapped.rate);
    json["mapped_rate_lo"] = number_or_null(result.mapped.lo);
    json["mapped_rate_hi"] = number_or_null(result.mapped.hi);
    json["mapped_rate_applied"] = result.mapped.applied;
    json["share_as_reported"] = number_or_null(result.share_as_reported);
    json["clusters"] = result.clusters;
    json["compared_within"] = areas_word(result.areas);
    json["covariates"] = result.covariates;
    json["beyond_the_belt"] = named_elsewhere(result) ? "rose" : "not_tested";
    json["rose_elsewhere_ha"] = number_or_null(result.rose_elsewhere_ha);
    json["rose_abroad_ha"] = number_or_null(result.rose_abroad_ha);
    json["frozen_plan"] = findings.frozen_plan.empty() ? Json(nullptr) : Json(findings.frozen_plan);
    Json reasons = Json::array();
    for (const geo::Message& reason : result.reasons)
        reasons.push_back({{"id", reason.id.text()}, {"text", words.text(reason)}});
    json["why"] = std::move(reasons);
    return json.dump(2) + "\n";
}

}  // namespace vereda::report
