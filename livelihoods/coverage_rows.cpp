#include "livelihoods/coverage_rows.hpp"

#include <algorithm>

#include "livelihoods/household.hpp"

namespace vereda::livelihoods {

namespace {

double at_most_one(double delivered, double growers) {
    return growers > 0 ? std::min(1.0, delivered / growers) : 1.0;
}

}  // namespace

CoverageRows::Word CoverageRows::word(std::string_view text) {
    const auto [found, added] = words_.try_emplace(std::string(text), static_cast<Word>(texts_.size()));
    if (added) texts_.emplace_back(text);
    return found->second;
}

void CoverageRows::add(const Packed& row) {
    constexpr std::size_t chunk_rows = std::size_t{1} << chunk_bits;
    if (chunks_.empty() || chunks_.back().size() == chunk_rows) {
        const bool first = chunks_.empty();
        chunks_.emplace_back();
        if (!first) chunks_.back().reserve(chunk_rows);
    }
    chunks_.back().push_back(row);
}

void CoverageRows::push_back(const CoverageRow& row) {
    const auto count = [](long number) { return static_cast<std::uint32_t>(number); };
    add({word(row.region_id), word(row.period), word(row.group), word(row.sex), word(row.ethnicity),
         word(row.component)},
        {count(row.registered), count(row.promised), count(row.delivered), count(row.confirmed), count(row.disputed)});
}

void CoverageRows::set_growers(std::size_t row, const GrowerEstimate& growers) {
    const bool as_before = !growers_.empty() && growers_.back().value == growers.value &&
                           growers_.back().lo == growers.lo && growers_.back().hi == growers.hi;
    if (!as_before) growers_.push_back(growers);
    chunks_[row >> chunk_bits][row & ((std::size_t{1} << chunk_bits) - 1)].growers =
        static_cast<std::uint32_t>(growers_.size() - 1);
}

std::size_t CoverageRows::size() const {
    return chunks_.empty() ? 0 : ((chunks_.size() - 1) << chunk_bits) + chunks_.back().size();
}

CoverageRow CoverageRows::operator[](std::size_t at) const {
    const Packed& packed = chunks_[at >> chunk_bits][at & ((std::size_t{1} << chunk_bits) - 1)];
    CoverageRow row;
    row.region_id = texts_[packed.words[0]];
    row.period = texts_[packed.words[1]];
    row.group = texts_[packed.words[2]];
    row.sex = texts_[packed.words[3]];
    row.ethnicity = texts_[packed.words[4]];
    row.component = texts_[packed.words[5]];
    row.registered = packed.counts[0];
    row.promised = packed.counts[1];
    row.delivered = packed.counts[2];
    row.confirmed = packed.counts[3];
    row.disputed = packed.counts[4];
    const auto delivered = static_cast<double>(row.delivered);
    if (row.registered > 0) row.delivered_share = delivered / static_cast<double>(row.registered);
    if (packed.growers == no_growers) return row;
    const GrowerEstimate& growers = growers_[packed.growers];
    row.growers_estimated = growers.value;
    row.growers_estimated_lo = growers.lo;
    row.growers_estimated_hi = growers.hi;
    if (row.group != name_of(HouseholdGroup::grower) || growers.hi <= 0) return row;
    row.delivered_share_of_growers = at_most_one(delivered, growers.value);
    row.delivered_share_of_growers_lo = at_most_one(delivered, growers.hi);
    row.delivered_share_of_growers_hi = at_most_one(delivered, growers.lo);
    return row;
}

}  // namespace vereda::livelihoods
