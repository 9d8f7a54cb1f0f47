/// The answers in words: one sentence per question with its interval, and what it cannot say.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/key_figures.hpp"
#include "report/results.hpp"

namespace vereda::report {

struct KeySentence {
    std::string topic;  ///< "plots", "welfare", "forest", "displacement", "reach", …; also its section's anchor
    std::string question;
    std::string answer;  ///< or why there is none
    std::string limits;  ///< what it cannot say; empty where there is no answer
    bool answered = false;
};

/// Plots first and welfare beside them, then the other questions in their order; plain text, not escaped.
[[nodiscard]] std::vector<KeySentence> key_sentences(const RunResults& results, const KeyFigures& figures,
                                                     const Catalogue& words);

}  // namespace vereda::report
