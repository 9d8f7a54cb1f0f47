#include "report/labels.hpp"

#include <algorithm>

#include "report/key_figures.hpp"

namespace vereda::report {

using geo::operator""_msg;

std::string crop_word(regions::Crop crop, const Catalogue& words) {
    return words.text(crop == regions::Crop::coca ? "crop.coca"_msg : "crop.poppy"_msg);
}

std::string state_word(livelihoods::ReadinessState state, const Catalogue& words) {
    switch (state) {
        case livelihoods::ReadinessState::ready:
            return words.text("state.ready"_msg);
        case livelihoods::ReadinessState::conditional:
            return words.text("state.conditional"_msg);
        case livelihoods::ReadinessState::not_ready:
            return words.text("state.not_ready"_msg);
        case livelihoods::ReadinessState::insufficient_data:
            return words.text("state.insufficient_data"_msg);
    }
    return "";
}

std::string gate_state_word(livelihoods::GateState state, const Catalogue& words) {
    switch (state) {
        case livelihoods::GateState::pass:
            return words.text("gate.pass"_msg);
        case livelihoods::GateState::fail:
            return words.text("gate.fail"_msg);
        case livelihoods::GateState::unknown:
            return words.text("gate.unknown"_msg);
    }
    return "";
}

std::string verdict_word(livelihoods::SmallPlotVerdict verdict, const Catalogue& words) {
    switch (verdict) {
        case livelihoods::SmallPlotVerdict::compliant:
            return words.text("verdict.compliant"_msg);
        case livelihoods::SmallPlotVerdict::within_error:
            return words.text("verdict.within_error"_msg);
        case livelihoods::SmallPlotVerdict::exceeds:
            return words.text("verdict.exceeds"_msg);
        case livelihoods::SmallPlotVerdict::no_rule:
            return words.text("verdict.no_rule"_msg);
        case livelihoods::SmallPlotVerdict::not_testable:
            return words.text("verdict.not_testable"_msg);
    }
    return "";
}

std::string zone_word(regions::ZoneKind kind, const Catalogue& words) {
    switch (kind) {
        case regions::ZoneKind::park:
            return words.text("zone.park"_msg);
        case regions::ZoneKind::indigenous:
            return words.text("zone.indigenous"_msg);
        case regions::ZoneKind::collective:
            return words.text("zone.collective"_msg);
        case regions::ZoneKind::prohibited:
            return words.text("zone.prohibited"_msg);
        case regions::ZoneKind::registered:
            return words.text("zone.registered"_msg);
        case regions::ZoneKind::traditional:
            return words.text("zone.traditional"_msg);
        case regions::ZoneKind::buffer:
            return words.text("zone.buffer"_msg);
        case regions::ZoneKind::abroad:
            return words.text("zone.abroad"_msg);
    }
    return "";
}

std::string eradication_word(regions::EradicationKind kind, const Catalogue& words) {
    switch (kind) {
        case regions::EradicationKind::aerial:
            return words.text("eradication.aerial"_msg);
        case regions::EradicationKind::manual_forced:
            return words.text("eradication.manual_forced"_msg);
        case regions::EradicationKind::conditioned:
            return words.text("eradication.conditioned"_msg);
        case regions::EradicationKind::voluntary:
            return words.text("eradication.voluntary"_msg);
        case regions::EradicationKind::community:
            return words.text("eradication.community"_msg);
        case regions::EradicationKind::unknown:
            return words.text("eradication.unknown"_msg);
        case regions::EradicationKind::pruned_or_renewed:
            return words.text("eradication.pruned_or_renewed"_msg);
    }
    return "";
}

std::string track_event_word(regions::TrackEvent event, const Catalogue& words) {
    return words.at("code.event." + std::string(regions::name_of(event)));
}

std::string mechanism_word(const std::string& mechanism, const Catalogue& words) {
    if (const auto lag = lag_of(mechanism)) {
        if (*lag == 0) return words.text("mechanism.direct_same_year"_msg);
        if (*lag == 1) return words.text("mechanism.direct_one_year"_msg);
        return words.text("mechanism.direct_lag"_msg, {{"years", std::to_string(*lag)}});
    }
    constexpr std::string_view driver = "driver_";
    if (mechanism.starts_with(driver))
        return words.text("mechanism.driver"_msg, {{"name", mechanism.substr(driver.size())}});
    if (mechanism == "associated") return words.text("mechanism.associated"_msg);
    return mechanism == "unattributed" ? words.text("mechanism.unattributed"_msg) : mechanism;
}

std::string destination_word(const std::string& destination, const Catalogue& words) {
    constexpr std::string_view zone = "zone_";
    if (destination.starts_with(zone))
        return words.find("zone." + destination.substr(zone.size())).value_or(destination.substr(zone.size()));
    return words.find("destination." + destination).value_or(destination);
}

std::string component_word(const std::string& component, const Catalogue& words) {
    return words.find("component." + component).value_or(component);
}

std::string indicator_word(const std::string& indicator, const RunResults& results, const Catalogue& words) {
    if (auto known = words.find("welfare." + indicator)) return *std::move(known);
    if (results.readiness_model) {
        const auto& indicators = results.readiness_model->indicators;
        const auto found = std::ranges::find(indicators, indicator, &livelihoods::Indicator::id);
        if (found != indicators.end()) return words.language() == "es" ? found->title_es : found->title_en;
    }
    return indicator;
}

std::string gate_title(const std::string& gate, const RunResults& results, const Catalogue& words) {
    if (results.readiness_model) {
        const auto& gates = results.readiness_model->gates;
        const auto found = std::ranges::find(gates, gate, &livelihoods::Gate::id);
        if (found != gates.end()) return words.language() == "es" ? found->title_es : found->title_en;
    }
    return gate;
}

}  // namespace vereda::report
