#include "app/ledger_session.hpp"

#include <fmt/chrono.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <utility>

#include "app/silent_terminal.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t longest_passphrase = 1024;
constexpr std::size_t shortest_passphrase = 8;

std::string typed(const Session& session, MessageId question) {
    std::string line;
    {
        const SilentTerminal silent;
        session.err << session.messages.text({question, {}}) << ' ' << std::flush;
        std::getline(std::cin, line);
    }
    session.err << '\n';
    return line;
}

std::string first_line(std::string text) {
    text.resize(std::min(text.find('\n'), text.size()));
    if (text.ends_with('\r')) text.pop_back();
    return text;
}

}  // namespace

Passphrase::~Passphrase() {
    evidence::wipe(text_);
}

Passphrase read_passphrase(const Arguments& arguments, const Session& session, bool twice, const char* option) {
    std::string text;
    if (arguments.has(option)) {
        text = first_line(io::read_file(arguments.text(option), longest_passphrase));
    } else if (::isatty(STDIN_FILENO) == 0) {
        throw Error(ErrorKind::usage, {"ledger.passphrase_missing"_msg, {{"option", std::string("--") + option}}});
    } else {
        text = typed(session, twice ? "ledger.ask_new_passphrase"_msg : "ledger.ask_passphrase"_msg);
        if (twice && Passphrase(typed(session, "ledger.ask_passphrase_again"_msg)).text() != text)
            throw Error(ErrorKind::usage, {"ledger.passphrases_differ"_msg, {}});
    }
    if (text.size() < (twice ? shortest_passphrase : 1))
        throw Error(ErrorKind::usage, {"ledger.passphrase_short"_msg, {}});
    return Passphrase(std::move(text));
}

std::string device_time() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

geo::Date device_day() {
    return parse_date(device_time().substr(0, 10), DateOrder::iso_only).value();
}

std::string entry_name(const evidence::io::Ledger& ledger, long long entry) {
    const std::string text = io::read_file(ledger.folder().path() + "/entries.log");
    std::size_t begin = 0;
    for (long long line = 0; line < entry && begin < text.size(); ++line)
        begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = std::string_view(text).substr(begin, text.find('\n', begin) - begin);
    const auto parsed = evidence::parse_entry(line);
    const auto original = parsed ? evidence::original_of(*parsed, evidence::leaf_hash(line)) : std::nullopt;
    if (!original) throw Error(ErrorKind::usage, {"ledger.no_such_entry"_msg, {{"entry", std::to_string(entry)}}});
    return evidence::hex(original->leaf);
}

evidence::io::Ledger opened_ledger(const Arguments& arguments, const Session& session) {
    const Passphrase passphrase = read_passphrase(arguments, session, false);
    return {arguments.text("dir"), passphrase.text()};
}

std::vector<Parameter> ledger_parameters(bool unlocks, std::vector<Parameter> own) {
    std::vector<Parameter> all{{.name = "dir",
                                .type = ParameterType::path,
                                .help = "command.ledger.dir"_msg,
                                .positional = true,
                                .required = true}};
    std::ranges::move(own, std::back_inserter(all));
    if (unlocks) {
        all.push_back({.name = "passphrase-file",
                       .type = ParameterType::path,
                       .help = "command.ledger.passphrase_file"_msg,
                       .value_name = "FILE"});
    }
    return all;
}

}  // namespace vereda::app
