/// Sentences of the readiness analysis in words that a reader knows: titles for ids, percents for shares, unit words.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/results.hpp"

namespace vereda::report {

/// "unit.<unit>" where the catalogue has it ("count", "ratio", "hours"), the currency's name kept before " per year";
/// "%" for shares; else the unit as it is.
[[nodiscard]] std::string unit_word(const std::string& unit, const Catalogue& words);

/// The message with every gate id, indicator id and register name of its arguments put into words, and its measured
/// values written with their unit in the language's numbers. Text stays unescaped.
[[nodiscard]] std::string reason_text(const geo::Message& reason, const RunResults& results, const Catalogue& words);

/// Upper-case first letter and a full stop, for what the catalogue gives as part of a sentence.
[[nodiscard]] std::string sentence_of(const std::string& text);

/// "measure.<name>" where the catalogue has it, else as indicator_word().
[[nodiscard]] std::string measure_word(const std::string& measure, const RunResults& results, const Catalogue& words);
/// The gate's threshold with the unit of its measure: "80 %", "4 h".
[[nodiscard]] std::string threshold_text(const livelihoods::Gate& gate, const RunResults& results,
                                         const Catalogue& words);

/// The message with its ISO dates written out in the catalogue's language.
[[nodiscard]] geo::Message with_long_dates(geo::Message message, const Catalogue& words);

}  // namespace vereda::report
