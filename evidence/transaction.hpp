/// One addition to a ledger, whole before anything is touched: what to append, the head that then holds, and what a
/// redaction empties. It is written to a file of its own first, so that an interrupted addition can be finished or
/// dropped, never half done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/head.hpp"

namespace vereda::evidence {

struct Emptied {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

struct Transaction {
    std::uint64_t entries_before = 0;  ///< bytes of entries.log
    std::uint64_t sealed_before = 0;   ///< bytes of sealed.dat
    std::string lines;                 ///< appended to entries.log, line feeds included
    std::string sealed;                ///< appended to sealed.dat
    std::string head;                  ///< the new head.txt
    std::vector<Emptied> emptied;      ///< parts of sealed.dat to fill with zeros
    std::vector<std::string> removed;  ///< names of objects to delete
};

/// Ends with the SHA-256 of all before, so that a cut-off text is never taken for a whole one.
[[nodiscard]] std::string transaction_text(const Transaction& transaction);
/// nullopt for anything else.
[[nodiscard]] std::optional<Transaction> parse_transaction(std::string_view text);

}  // namespace vereda::evidence
