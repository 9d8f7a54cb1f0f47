#include "tests/evidence/second_verifier.hpp"

#include <fmt/format.h>
#include <sstream>

#include "tests/evidence/ledger_case.hpp"
#include "tests/support/program.hpp"

namespace vereda::tests {

std::string our_verdict(const std::string& path, const std::string& checkpoint) {
    std::vector<evidence::Checkpoint> kept;
    if (!checkpoint.empty()) kept.push_back(evidence::find_checkpoint(checkpoint).value());
    const evidence::Verification result = verified(path, kept);
    if (result.faults.empty()) return fmt::format("holds {} entries", result.entries);
    const evidence::Fault& first = result.faults.front();
    return first.entry ? fmt::format("{} entry {}", first.file, *first.entry) : first.file;
}

std::vector<std::string> second_verdicts(const std::vector<std::string>& paths, const std::string& checkpoint) {
    const char* script = VEREDA_SOURCE_DIR "/tests/second_verifier/verify_ledger.py";
    std::vector<std::string> verdicts;
    constexpr std::size_t at_once = 400;
    for (std::size_t begin = 0; begin < paths.size(); begin += at_once) {
        std::vector<std::string> arguments{"python3", script};
        const std::size_t end = std::min(paths.size(), begin + at_once);
        arguments.insert(arguments.end(), paths.begin() + static_cast<std::ptrdiff_t>(begin),
                         paths.begin() + static_cast<std::ptrdiff_t>(end));
        if (!checkpoint.empty()) arguments.insert(arguments.end(), {"--checkpoint", checkpoint});
        ProgramOptions options;
        options.timeout = std::chrono::seconds(600);
        const ProgramResult result = run_program("/usr/bin/env", arguments, options);
        if (result.exit_code == 127) return {};
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);)
            verdicts.push_back(line.substr(line.find(": ") + 2));
        if (verdicts.size() != end) verdicts.resize(end, "failed: " + result.err);
    }
    return verdicts;
}

}  // namespace vereda::tests
