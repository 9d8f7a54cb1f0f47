/// Welfare beside the hectares of one question: how people fared in the regions that the question is about.
#pragma once

#include <string>

#include "report/page_context.hpp"

namespace vereda::report {

/// One sentence, plain text: how many regions the topic concerns, their crop area in the last year each was seen, and
/// in how many of them an indicator of welfare got worse, or better and none worse. Says so where the study has no
/// indicators. Empty for "welfare" itself and where the topic concerns no region.
[[nodiscard]] std::string welfare_beside(const PageContext& page, std::string_view topic);

}  // namespace vereda::report
