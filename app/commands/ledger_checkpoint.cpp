#include <unistd.h>
#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "evidence/qr_code.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool is_picture(const std::string& path) {
    return path.ends_with(".svg");
}

ExitCode checkpoint(const Arguments& arguments, Session& session) {
    const evidence::io::LedgerFolder folder(arguments.text("dir"));
    const auto head = evidence::parse_head(folder.head());
    if (!head) throw Error(ErrorKind::integrity, {"ledger.head_unreadable"_msg, {}}, Locus{"head.txt", {}, {}, 0, {}});
    const evidence::Checkpoint checkpoint = evidence::checkpoint_of(*head);
    const std::string line = evidence::checkpoint_text(checkpoint);
    const evidence::QrCode code(evidence::upper_case(line));
    const std::string target = arguments.text("out");
    const std::vector<evidence::Digest> leaves = evidence::leaves_of(folder.entries());
    if (!target.empty()) {
        require_writable_file(target, arguments.flag("overwrite"));
        io::write_file(
            target,
            (is_picture(target) ? evidence::svg_picture(code, line) : evidence::long_text(checkpoint, leaves)) + "\n");
    } else {
        session.out << (arguments.flag("qr") ? line : evidence::short_text(checkpoint, leaves)) << '\n';
    }
    if (arguments.flag("qr")) session.out << evidence::terminal_text(code, ::isatty(STDOUT_FILENO) == 1);
    return ExitCode::done;
}

}  // namespace

Command ledger_checkpoint() {
    return ledger_command(
        "checkpoint", "command.ledger_checkpoint"_msg,
        ledger_parameters(false, {out_option(false), flag_option("qr", "command.ledger.qr"_msg), shared::overwrite()}),
        "vereda ledger checkpoint acta -o checkpoint.txt", checkpoint);
}

}  // namespace vereda::app
