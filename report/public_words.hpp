/// What the public edition says in words: answers from its own tables alone, and the codes of its cells.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/public_edition.hpp"

namespace vereda::report {

/// One sentence per question that a published table answers, each with its interval where there is one, and for how
/// many of the regions it speaks. Sums run over published rows, so nothing withheld follows from them. Not escaped.
[[nodiscard]] std::vector<std::string> public_answers(const PublicEdition& edition, const Catalogue& words);

/// A code of a table's cell in the catalogue's language: crops, states, mechanisms, components, groups, indicators,
/// units, classes. Anything else stays as it is. Not escaped.
[[nodiscard]] std::string public_cell_word(const Column& column, const std::string& code, const Catalogue& words);

}  // namespace vereda::report
