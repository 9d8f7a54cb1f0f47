/// Runs of `vereda ledger …` on a ledger of a test's own.
#pragma once

#include <string>
#include <vector>

#include "evidence/io/ledger.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

class LedgerRuns {
  public:
    LedgerRuns() { folder.write("phrase.txt", "cinco palabras que nadie adivina\n"); }

    /// `vereda ledger VERB acta …`, with the passphrase where the verb opens the ledger.
    [[nodiscard]] ProgramResult run(const std::string& verb, std::vector<std::string> more = {},
                                    const std::string& input = {}) const {
        std::vector<std::string> words{"ledger", verb, "acta"};
        for (std::string& word : more)
            words.push_back(std::move(word));
        if (verb != "verify" && verb != "checkpoint") {
            words.insert(words.end(), {"--passphrase-file", "phrase.txt"});
        }
        ProgramOptions options;
        options.folder = folder.path().string();
        options.input = input;
        options.timeout = std::chrono::seconds(120);
        return run_program(VEREDA_PROGRAM, words, options);
    }

    /// A ledger whose passphrase costs next to nothing to try, so that runs are quick.
    void found(const std::string& council = {}) const {
        evidence::Fields about{evidence::field("type", "genesis")};
        if (!council.empty()) about.emplace_back(evidence::field("council", council));
        evidence::io::Ledger::create(folder / "acta", about, "cinco palabras que nadie adivina", "2026-11-22T10:00:00Z",
                                     {1, 8192});
    }

    TemporaryFolder folder;
};

}  // namespace vereda::tests
