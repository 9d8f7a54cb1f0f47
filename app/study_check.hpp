/// Every fault of a study at once: the file's own, and of each source the first that stops its reading.
#pragma once

#include <vector>

#include "app/formats/study_toml.hpp"
#include "app/session.hpp"
#include "geo/error.hpp"

namespace vereda::app {

/// Opens and reads every source as a run would, and goes on after a fault with the next source. Where the regions
/// cannot be read, the other sources are checked against the whole world instead. Warnings go to the session. Changes
/// nothing.
[[nodiscard]] std::vector<geo::Error> problems_of(StudyReading reading, bool allow_references, Session& session);

}  // namespace vereda::app
