/// What a command that writes one file says when it is done.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/session.hpp"
#include "geo/message.hpp"

namespace vereda::app {

/// With --json: `figures` and the number of warnings, in one line; else the sentence, unless the session is quiet.
void say_done(const Session& session, nlohmann::ordered_json figures, const geo::Message& sentence);

}  // namespace vereda::app
