#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

namespace {

ExitCode checkpoint(const Arguments& arguments, Session& session) {
    const auto head = evidence::parse_head(evidence::io::LedgerFolder(arguments.text("dir")).head());
    if (!head) throw Error(ErrorKind::integrity, {"ledger.head_unreadable"_msg, {}}, Locus{"head.txt", {}, {}, 0, {}});
    const std::string text = evidence::checkpoint_text(evidence::checkpoint_of(*head)) + "\n";
    if (!arguments.has("out")) {
        session.out << text;
    } else {
        require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
        io::write_file(arguments.text("out"), text);
    }
    return ExitCode::done;
}

}  // namespace

Command ledger_checkpoint() {
    return ledger_command("checkpoint", "command.ledger_checkpoint"_msg,
                          ledger_parameters(false, {out_option(false), shared::overwrite()}),
                          "vereda ledger checkpoint acta -o checkpoint.txt", checkpoint);
}

}  // namespace vereda::app
