/// The program's version, as built.
#pragma once
#include <string_view>

namespace vereda::app {
[[nodiscard]] std::string_view version();
}
