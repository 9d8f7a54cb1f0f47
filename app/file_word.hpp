/// Names of the data as part of file names.
#pragma once

#include <string>
#include <string_view>

namespace vereda::app {

/// ASCII letters and digits, letters of Spanish without their marks, the rest as single dashes; at most 40 characters,
/// perhaps none.
[[nodiscard]] std::string file_word(std::string_view name);

}  // namespace vereda::app
