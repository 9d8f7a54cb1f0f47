/// A ledger on a test's own stick, whose passphrase costs next to nothing to try, so that runs are quick.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "evidence/io/ledger.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

class Stick {
  public:
    static constexpr const char* phrase = "cinco palabras que nadie adivina";

    /// `about` are the fields of the first entry.
    explicit Stick(evidence::Fields about = {evidence::field("type", "genesis")}) {
        folder.write("phrase.txt", std::string(phrase) + "\n");
        std::filesystem::create_directories(folder / "tmp");
        evidence::io::Ledger::create(folder / "acta", about, phrase, "2026-11-22T10:00:00Z", {1, 8192});
    }
    /// `vereda ledger WORDS…`, with the passphrase where the verb opens the ledger.
    [[nodiscard]] ProgramResult run(std::vector<std::string> words, bool opens = true) const {
        words.insert(words.begin(), "ledger");
        if (opens) words.insert(words.end(), {"--passphrase-file", "phrase.txt"});
        return run_program(VEREDA_PROGRAM, words, options());
    }
    [[nodiscard]] ProgramOptions options() const {
        ProgramOptions options;
        options.folder = folder.path().string();
        options.environment["TMPDIR"] = folder / "tmp";
        options.timeout = std::chrono::seconds(120);
        return options;
    }
    /// -1 where the ledger does not hold.
    [[nodiscard]] long entries() const {
        const ProgramResult result = run({"verify", "acta", "--json"}, false);
        return result.exit_code == 0 ? nlohmann::json::parse(result.out).at("entries").get<long>() : -1;
    }
    [[nodiscard]] std::map<std::string, std::string> bytes() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "acta"))
            if (entry.is_regular_file()) files[entry.path().string()] = bytes_of(entry.path());
        return files;
    }

    TemporaryFolder folder;
};

}  // namespace vereda::tests
