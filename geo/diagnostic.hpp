/// Data faults that do not stop the work: every repair, guess and exclusion is written down here and reaches
/// diagnostics.csv.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "geo/message.hpp"
#include "geo/quantity.hpp"

namespace vereda::geo {

enum class Severity {
    note,     ///< an assumption or choice the reader should know
    warning,  ///< something in the data is wrong; the result goes on with it repaired or left out
    problem,  ///< only from `check`: this would stop a run
};

struct Diagnostic {
    Severity severity = Severity::warning;
    Message message;
    Locus locus;
    std::optional<SquareMetres> area_changed = std::nullopt;  ///< after minus before, where a repair changed an area
};

/// Collects diagnostics from any number of threads.
class Diagnostics {
  public:
    void add(Diagnostic diagnostic);

    /// All of them in an order that does not depend on threads: by locus, then message. The same message about the same
    /// place stands once, however often it was added.
    [[nodiscard]] std::vector<Diagnostic> sorted() const;
    [[nodiscard]] std::size_t count(Severity severity) const;

  private:
    mutable std::mutex mutex_;
    std::vector<Diagnostic> entries_;
};

}  // namespace vereda::geo
