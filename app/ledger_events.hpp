/// Events of a ledger as people bring them: features of a file from a phone, options of the command line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/arguments.hpp"
#include "app/phone_files.hpp"
#include "app/session.hpp"
#include "evidence/sealing.hpp"

namespace vereda::app {

/// One record per feature of --event (app/phone_files.hpp), or one without a place: fields `type`, `date`, `place`
/// (GeoJSON geometry, longitude and latitude), `area_ha` and `area_sd_ha` (measured on the ellipsoid where the place is
/// an outline and none is told; methods §11), and what options and the feature's own answers say; options come first.
/// Numbers are written with a point, days as YYYY-MM-DD. Throws Error(usage): "ledger.date_missing",
/// "ledger.scope_unknown", "ledger.scope_missing", "ledger.giver_unknown"; Error(input): as the readers do,
/// "ledger.date_unreadable", "ledger.number_unreadable".
[[nodiscard]] std::vector<evidence::Fields> event_records(const Arguments& arguments, Session& session);
[[nodiscard]] std::vector<evidence::Fields> event_records(const std::vector<PhoneFeature>& features,
                                                          const std::string& source_sha256, const std::string& type,
                                                          const std::map<std::string, std::string>& given);
/// One record without a place, from answers by field name, checked in the same way.
[[nodiscard]] evidence::Fields event_fields(const std::string& type, std::map<std::string, std::string> answers);

/// "assembly", "council", "family", "person" for a word of either language; empty for any other.
[[nodiscard]] std::string consent_giver(std::string_view word);

/// The names of fields that options may give, with their help: "note" is --note.
struct EventOption {
    const char* field;
    geo::MessageId help;
};
[[nodiscard]] const std::vector<EventOption>& event_options();
/// "area_ha" is --area-ha.
[[nodiscard]] std::string option_of(const char* field);

}  // namespace vereda::app
