/// The interval of each answer about people, in words: from the same tables as the answer, or why none applies.
#pragma once

#include <string>

#include "report/catalogue.hpp"
#include "report/key_figures.hpp"
#include "report/number_format.hpp"
#include "report/results.hpp"

namespace vereda::report {

struct AnswerContext {
    const RunResults& results;
    const KeyFigures& figures;
    const Catalogue& words;
    const NumberFormat& numbers;
};

// Plain text, not escaped.

/// What was received lies between what was confirmed and what was recorded; growers reached of those estimated from the
/// crop on the land, in the regions where both are known, or that the growers outside the register are not known.
[[nodiscard]] std::string reach_interval(const AnswerContext& context);
/// Regions that are READY whatever the unknown is, to regions that may be; how far ranks move over the draws.
[[nodiscard]] std::string readiness_interval(const AnswerContext& context);
/// Families that lost their crop too early, for every completion of the dates that nobody recorded; months of the
/// median family until a licit income, for every completion of what is unknown or still going on.
[[nodiscard]] std::string order_interval(const AnswerContext& context);
/// Families truly over the limit: at least those called exceeding less the calls that error of measurement alone would
/// bring if every family stood exactly at the limit (97.5 %), at most those that are not surely under it (95 % each).
[[nodiscard]] std::string small_plots_interval(const AnswerContext& context);

}  // namespace vereda::report
