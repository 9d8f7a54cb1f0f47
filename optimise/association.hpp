/// Which of many competing explanations hold: data association as weighted set packing.
///
/// Things seen before are rows, things seen now are columns. A hypothesis explains at least one of each together (a
/// pair: the same thing; one row with several columns: a split; several rows with one column: a merge) and carries the
/// logarithm of how much likelier it makes the data than leaving its members unexplained. Nothing belongs to two
/// hypotheses. Wanted are the best set (greatest total weight) and each hypothesis' probability, its share of
/// Σ exp(total weight) over all sets.
///
/// Each connected component is solved by itself. Small or narrow ones exactly, both answers, by dynamic programming
/// over their members in spatial order (state: which later members are taken). Wide ones: best set by exact assignment
/// of the pairs (optimise/assignment); a group hypothesis whose weight is no more than its members' prices cannot
/// improve it and is dropped, each other one is tried by re-solving its surroundings exactly; probabilities by
/// sum-product message passing (belief propagation, exact on trees; for this problem: J. Williams, R. Lau, "Approximate
/// evaluation of marginal association probabilities with belief propagation", IEEE Trans. Aerosp. Electron. Syst.
/// 50(4), 2014).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"

namespace vereda::optimise {

inline constexpr std::size_t most_members = 6;

struct Hypothesis {
    std::array<std::uint32_t, most_members> members{};  ///< rows from 0, columns from `rows` on; each once
    std::uint8_t count = 0;
    double weight = 0;
};

struct AssociationProblem {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<Hypothesis> hypotheses;
    std::vector<geo::Point> places;  ///< of every member; only decides the order of the work
};

struct Association {
    std::vector<std::uint8_t> chosen;  ///< by hypothesis: 1 in the best set
    std::vector<double> probability;   ///< by hypothesis
    std::size_t components = 0;
    std::size_t wide_components = 0;  ///< those whose probabilities are approximate
    std::size_t unproved = 0;         ///< wide ones where a group hypothesis had to be tried locally
};

/// Does not depend on the number of threads.
[[nodiscard]] Association associate(const AssociationProblem& problem, geo::Parallelism parallelism);

}  // namespace vereda::optimise
