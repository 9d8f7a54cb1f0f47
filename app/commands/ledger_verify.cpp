#include <nlohmann/json.hpp>
#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const evidence::Verification& result, const Session& session) {
    Json json{{"holds", result.faults.empty()},
              {"entries", result.entries},
              {"keys_in_force", result.keys_in_force},
              {"signed_by", result.signed_by.size()},
              {"faults", Json::array()}};
    if (result.head) json["checkpoint"] = evidence::checkpoint_text(evidence::checkpoint_of(*result.head));
    for (const evidence::Fault& fault : result.faults) {
        Json one{{"file", fault.file}, {"id", fault.message.id.text()}, {"text", session.messages.text(fault.message)}};
        if (fault.entry) one["entry"] = *fault.entry;
        json["faults"].push_back(std::move(one));
    }
    return json;
}

ExitCode verify(const Arguments& arguments, Session& session) {
    const std::vector<evidence::Checkpoint> kept = kept_checkpoints(arguments);
    const evidence::io::LedgerFolder folder(arguments.text("dir"));
    const auto content = folder.content(session.parallelism);
    const evidence::Verification result =
        evidence::verify(content.bytes(), kept, session.parallelism, &session.progress);
    for (const evidence::Fault& fault : result.faults) {
        const Locus place{fault.file, {}, fault.entry ? std::to_string(*fault.entry) : "", 0, {}};
        session.err << session.messages.error_line(place, fault.message) << '\n';
    }
    if (session.json)
        session.out << json_of(result, session).dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    if (!session.json && !session.quiet && result.faults.empty()) {
        session.out << session.messages.text({"ledger.holds"_msg,
                                              {{"entries", std::to_string(result.entries)},
                                               {"signed", std::to_string(result.signed_by.size())},
                                               {"keys", std::to_string(result.keys_in_force)},
                                               {"checkpoints", std::to_string(kept.size())}}})
                    << '\n';
        if (result.addition_pending || result.addition_dropped) {
            session.out << session.messages.text(
                               {result.addition_pending ? "ledger.addition_pending"_msg : "ledger.addition_dropped"_msg,
                                {}})
                        << '\n';
        }
    }
    return result.faults.empty() ? ExitCode::done : ExitCode::integrity;
}

}  // namespace

Command ledger_verify() {
    return ledger_command(
        "verify", "command.ledger_verify"_msg,
        ledger_parameters(
            false, {repeated(text_option("checkpoint", "command.ledger.checkpoint"_msg, "FILE|TEXT")), shared::jobs()}),
        "vereda ledger verify acta --checkpoint checkpoint.txt", verify);
}

}  // namespace vereda::app
