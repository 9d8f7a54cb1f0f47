/// Events of a ledger as people bring them: features of a file from a phone, options of the command line.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/session.hpp"
#include "evidence/sealing.hpp"

namespace vereda::app {

/// One record per feature of --event (GeoJSON, GPX, KML, GeoPackage, CSV with coordinates …), or one without a place:
/// fields `type`, `date`, `place` (GeoJSON geometry, longitude and latitude), `area_ha` (measured on the ellipsoid
/// where the place is a polygon and none is told), and what options and the feature's own columns of the same names
/// say; options come first. Throws Error(usage, "ledger.date_missing"), Error(input) as the readers do, Error(input,
/// "ledger.date_unreadable").
[[nodiscard]] std::vector<evidence::Fields> event_records(const Arguments& arguments, Session& session);

/// The names of fields that options may give, with their help: "note" is --note.
struct EventOption {
    const char* field;
    geo::MessageId help;
};
[[nodiscard]] const std::vector<EventOption>& event_options();
/// "area_ha" is --area-ha.
[[nodiscard]] std::string option_of(const char* field);

}  // namespace vereda::app
