#include "app/program.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <limits>
#include <memory>
#include <new>
#include <optional>

#include "app/cli.hpp"
#include "app/help.hpp"
#include "app/manual.hpp"
#include "app/messages.hpp"
#include "app/progress_bar.hpp"
#include "app/registry.hpp"
#include "app/session.hpp"
#include "app/share_folder.hpp"
#include "app/stop_signals.hpp"
#include "app/version.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

namespace {

void forbid_core_dumps() {
    constexpr rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

std::unique_ptr<Progress> make_progress(const Arguments& arguments, const Messages& messages) {
    winsize size{};
    const bool terminal = isatty(STDERR_FILENO) == 1 && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0;
    if (!terminal || arguments.flag("quiet") || arguments.text("progress") == "none")
        return std::make_unique<Progress>();
    return std::make_unique<ProgressBar>(std::cerr, messages, size.ws_col > 0 ? size.ws_col : 80);
}

void print_diagnostics(const Session& session) {
    if (session.quiet) return;
    const Diagnostics& diagnostics = session.diagnostics;
    const Messages& messages = session.messages;
    const std::size_t at_most = session.tell_every_warning ? std::numeric_limits<std::size_t>::max() : 20;
    std::size_t printed = 0;
    const std::vector<Diagnostic> all = diagnostics.sorted();
    const auto warnings = static_cast<std::size_t>(diagnostics.count(Severity::warning));
    for (const Diagnostic& diagnostic : all) {
        if (diagnostic.severity != Severity::warning) continue;
        if (++printed > at_most) break;
        std::cerr << messages.diagnostic_line(diagnostic) << '\n';
    }
    if (warnings > at_most) {
        std::cerr << "vereda: "
                  << messages.text({"run.more_warnings"_msg, {{"count", std::to_string(warnings - at_most)}}}) << '\n';
    }
}

ExitCode run_command(const Command& command, ParsedLine line, const Messages& messages,
                     const std::filesystem::path& share) {
    const Arguments arguments(all_parameters(command), std::move(line.given));
    const std::unique_ptr<Progress> progress = make_progress(arguments, messages);
    Session session{.messages = messages,
                    .share = share,
                    .out = std::cout,
                    .err = std::cerr,
                    .progress = *progress,
                    .parallelism = {},
                    .quiet = arguments.flag("quiet"),
                    .json = arguments.flag("json")};
    if (arguments.declared("jobs")) session.parallelism.jobs = static_cast<int>(arguments.integer("jobs"));
    const StopSignals signals(*progress);
    try {
        const ExitCode code = command.execute(arguments, session);
        if (auto* bar = dynamic_cast<ProgressBar*>(progress.get())) bar->clear();
        print_diagnostics(session);
        return code;
    } catch (...) {
        if (auto* bar = dynamic_cast<ProgressBar*>(progress.get())) bar->clear();
        throw;
    }
}

/// man1/ and es/man1/ below the folder, as man(1) looks for them.
ExitCode write_manuals(const std::filesystem::path& folder, const std::filesystem::path& share) {
    for (const Language language : {Language::english, Language::spanish}) {
        const Messages words(load_catalogue(share, language), language);
        const std::filesystem::path pages =
            (language == Language::english ? folder : folder / std::string(code_of(language))) / "man1";
        std::error_code error;
        std::filesystem::create_directories(pages, error);
        io::write_file((pages / "vereda.1").string(), program_manual(commands(), words));
        for (const Command& command : commands())
            io::write_file((pages / manual_name(command)).string(), command_manual(command, words));
    }
    return ExitCode::done;
}

ExitCode write_completion(const std::string& shell) {
    if (shell != "bash") {
        throw Error(ErrorKind::usage,
                    {"cli.not_a_choice"_msg, {{"option", "--completion"}, {"value", shell}, {"choices", "bash"}}});
    }
    std::cout << bash_completion(commands());
    return ExitCode::done;
}

ExitCode parse_and_run(const std::vector<std::string>& words, const Messages& messages,
                       const std::filesystem::path& share) {
    ParsedLine line = parse_line(commands(), words);
    if (line.version) {
        std::cout << "vereda " << version() << '\n';
        return ExitCode::done;
    }
    if (const auto folder = line.given.find("man-pages"); folder != line.given.end())
        return write_manuals(folder->second.front(), share);
    if (const auto shell = line.given.find("completion"); shell != line.given.end())
        return write_completion(shell->second.front());
    if (line.help) {
        std::cout << (line.command == nullptr ? program_help(commands(), messages)
                                              : command_help(*line.command, messages));
        return ExitCode::done;
    }
    if (line.command == nullptr) throw Error(ErrorKind::usage, {"cli.no_command"_msg, {}});
    return run_command(*line.command, std::move(line), messages, share);
}

/// What a reader of stdout still has to get, got; see run_program().
ExitCode flushed(ExitCode code, const Messages& messages) {
    errno = 0;
    std::cout.flush();
    if (std::cout.good() || errno == EPIPE) return code;
    const std::string reason = std::strerror(errno == 0 ? EIO : errno);
    std::cerr << messages.error_line(Locus{"stdout", {}, {}, 0, {}}, {"output.not_written"_msg, {{"reason", reason}}})
              << '\n';
    return ExitCode::resource;
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& words) {
    forbid_core_dumps();
    const Language language = language_asked(words).value_or(language_of_environment());
    Messages messages(language);
    const auto fail = [&](ErrorKind kind, const Locus& locus, const Message& message) {
        std::cerr << messages.error_line(locus, message) << '\n';
        return exit_code_of(kind);
    };
    try {
        const std::filesystem::path share = share_folder();
        messages = Messages(load_catalogue(share, language), language);
        return flushed(parse_and_run(words, messages, share), messages);
    } catch (const Error& error) {
        return fail(error.kind(), error.locus(), error.message());
    } catch (const std::bad_alloc&) {
        return fail(ErrorKind::resource, {}, {"run.out_of_memory"_msg, {}});
    } catch (const std::exception& error) {
        return fail(ErrorKind::internal, {}, {"internal.unexpected"_msg, {{"what", error.what()}}});
    } catch (...) {
        return fail(ErrorKind::internal, {}, {"internal.unexpected"_msg, {{"what", "?"}}});
    }
}

}  // namespace vereda::app
