/// The public sheet of a community ledger: two A4 pages, what was done and how anybody can check it without vereda.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "evidence/public_statement.hpp"
#include "report/catalogue.hpp"

namespace vereda::report {

struct EvidenceSheet {
    evidence::PublicStatement statement;
    std::string words;                   ///< statement_text() of it, as sealed
    std::string commitment;              ///< to those words: SHA-256 of statement.bin, hexadecimal
    std::uint64_t line = 0;              ///< of entries.log that holds it, from 1
    std::string checkpoint;              ///< text, taken when it was sealed
    std::optional<geo::Date> consented;  ///< last giving of the consents that it rests on
    std::optional<geo::Date> until;      ///< first of their ends
};

void write_evidence_sheet(std::ostream& out, const EvidenceSheet& sheet, const Catalogue& words);

}  // namespace vereda::report
