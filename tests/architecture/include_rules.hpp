/// Which folder may include what (docs/architecture.md).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.hpp"

namespace vereda::tests {

struct Include {
    int line = 0;
    bool quoted = false;  ///< "…" rather than <…>
    std::string target;
};

[[nodiscard]] std::vector<Include> includes_of(const SourceFile& file);

/// One sentence for each include that breaks a rule: a layer to the right, a sibling of the same rank, an */io folder
/// from outside app and evidence, a third-party header away from its home, a path that is not written from the root.
[[nodiscard]] std::vector<std::string> broken_include_rules(std::span<const SourceFile> files);

}  // namespace vereda::tests
