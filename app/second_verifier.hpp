/// The small verifier in another language (tests/second_verifier/verify_ledger.py), as the program hands it out with a
/// public sheet. Built in, so that it is there wherever the program is.
#pragma once

#include <string_view>

namespace vereda::app {

[[nodiscard]] std::string_view second_verifier();

}  // namespace vereda::app
