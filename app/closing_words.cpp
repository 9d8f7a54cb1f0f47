#include "app/closing_words.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

namespace vereda::app {

void say_done(const Session& session, nlohmann::ordered_json figures, const geo::Message& sentence) {
    if (session.json) {
        figures["warnings"] = session.diagnostics.count(geo::Severity::warning);
        session.out << figures.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    } else if (!session.quiet) {
        session.out << session.messages.text(sentence) << '\n';
    }
}

}  // namespace vereda::app
