/// The guide's questions of consent: what may be shown, to whom, until when.
#pragma once

#include <span>

#include "app/guide_questions.hpp"

namespace vereda::app {

[[nodiscard]] std::span<const GuideQuestion> consent_questions();

}  // namespace vereda::app
