/// Our verification and the second verifier (tests/second_verifier, Python), side by side.
#pragma once

#include <string>
#include <vector>

namespace vereda::tests {

/// "holds N entries", "FILE entry N" or "FILE": what our verification says first.
[[nodiscard]] std::string our_verdict(const std::string& path);

/// The same of the second verifier for many ledgers at once; empty where Python is missing.
[[nodiscard]] std::vector<std::string> second_verdicts(const std::vector<std::string>& paths);

}  // namespace vereda::tests
