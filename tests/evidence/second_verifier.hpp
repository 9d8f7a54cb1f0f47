/// Our verification and the second verifier (tests/second_verifier, Python), side by side.
#pragma once

#include <string>
#include <vector>

namespace vereda::tests {

/// "holds N entries", "FILE entry N" or "FILE": what our verification says first. `checkpoint` is the text of one that
/// was kept; empty: none was.
[[nodiscard]] std::string our_verdict(const std::string& path, const std::string& checkpoint = {});

/// The same of the second verifier for many ledgers at once; empty where Python is missing. `checkpoint` is the path of
/// the file that holds one.
[[nodiscard]] std::vector<std::string> second_verdicts(const std::vector<std::string>& paths,
                                                       const std::string& checkpoint = {});

}  // namespace vereda::tests
