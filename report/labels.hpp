/// Codes of the typed results as words of a language.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/results.hpp"

namespace vereda::report {

[[nodiscard]] std::string crop_word(regions::Crop crop, const Catalogue& words);
[[nodiscard]] std::string state_word(livelihoods::ReadinessState state, const Catalogue& words);
[[nodiscard]] std::string gate_state_word(livelihoods::GateState state, const Catalogue& words);
[[nodiscard]] std::string verdict_word(livelihoods::SmallPlotVerdict verdict, const Catalogue& words);
[[nodiscard]] std::string zone_word(regions::ZoneKind kind, const Catalogue& words);
[[nodiscard]] std::string eradication_word(regions::EradicationKind kind, const Catalogue& words);
[[nodiscard]] std::string track_event_word(regions::TrackEvent event, const Catalogue& words);
[[nodiscard]] std::string mechanism_word(const std::string& mechanism, const Catalogue& words);
/// Of regions/crop_destinations: "destination.<name>", zones by "zone.<kind>".
[[nodiscard]] std::string destination_word(const std::string& destination, const Catalogue& words);
/// "component.<name>" where the catalogue has it, else the name as it is.
[[nodiscard]] std::string component_word(const std::string& component, const Catalogue& words);
/// "welfare.<id>" where the catalogue has it, else the readiness model's title, else the id as it is.
[[nodiscard]] std::string indicator_word(const std::string& indicator, const RunResults& results,
                                         const Catalogue& words);
/// The gate's title in the readiness model, else its id.
[[nodiscard]] std::string gate_title(const std::string& gate, const RunResults& results, const Catalogue& words);

}  // namespace vereda::report
