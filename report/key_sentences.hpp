/// The answers in words: one sentence per question with its interval, and what it cannot say.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/key_figures.hpp"
#include "report/results.hpp"

namespace vereda::report {

struct KeySentence {
    std::string
        topic;  ///< "plots", "forest", "reach", "readiness", "small_plots", "welfare"; also its section's anchor
    std::string question;
    std::string answer;  ///< or why there is none
    std::string limits;  ///< what it cannot say; empty where there is no answer
    bool answered = false;
};

/// In the order of the questions; plain text, not escaped.
[[nodiscard]] std::vector<KeySentence> key_sentences(const RunResults& results, const KeyFigures& figures,
                                                     const Catalogue& words);

}  // namespace vereda::report
