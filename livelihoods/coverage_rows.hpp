/// Rows of the coverage table, packed: a national register has millions of them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vereda::livelihoods {

/// Counts of households on the register by the end of the period (livelihoods/roll). `group`, `sex`, `ethnicity` are
/// "all" for totals. A region-wide delivery (road, school) counts for every registered household of its region.
struct CoverageRow {
    std::string_view region_id;
    std::string_view period;  ///< "2018-Q3" or "2018": the state at the end of that quarter or year
    std::string_view group = "all";
    std::string_view sex = "all";
    std::string_view ethnicity = "all";
    std::string_view component;  ///< a component's name, or "any"
    long registered = 0;
    long promised = 0;
    long delivered = 0;                          ///< delivered by the end of the period, whoever says so
    std::optional<double> delivered_share = {};  ///< delivered / registered; nullopt without registered households
    long confirmed = 0;                          ///< delivered and confirmed by the recipient or union
    long disputed = 0;
    // The second denominator, in rows of growers and in totals (add_grower_estimates); nullopt: not known.
    std::optional<double> growers_estimated = {};
    std::optional<double> growers_estimated_lo = {};
    std::optional<double> growers_estimated_hi = {};
    // Rows of growers only: delivered ÷ growers estimated, at most 1.
    std::optional<double> delivered_share_of_growers = {};
    std::optional<double> delivered_share_of_growers_lo = {};
    std::optional<double> delivered_share_of_growers_hi = {};
};

struct GrowerEstimate {
    double value = 0;
    double lo = 0;
    double hi = 0;
};

/// Rows in the order in which they were added, each unpacked when it is read; its texts live as long as the rows do.
/// Shares are not held but reckoned from the counts.
class CoverageRows {
  public:
    using Word = std::uint32_t;
    /// Region, period, group, sex, ethnicity, component.
    using Words = std::array<Word, 6>;
    /// Registered, promised, delivered, confirmed, disputed.
    using Counts = std::array<std::uint32_t, 5>;

    class Iterator;

    /// The number under which a text is held.
    [[nodiscard]] Word word(std::string_view text);
    void add(const Words& words, const Counts& counts) { add({words, counts, no_growers}); }
    /// Counts from 0 to 4,294,967,295; estimates and shares of the row are not taken over.
    void push_back(const CoverageRow& row);
    void set_growers(std::size_t row, const GrowerEstimate& growers);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return chunks_.empty(); }
    [[nodiscard]] CoverageRow operator[](std::size_t row) const;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

  private:
    static constexpr std::uint32_t no_growers = UINT32_MAX;
    static constexpr std::size_t chunk_bits = 16;
    struct Packed {
        Words words;
        Counts counts;
        std::uint32_t growers;
    };
    void add(const Packed& row);

    std::deque<std::string> texts_;
    std::unordered_map<std::string, Word> words_;
    std::vector<std::vector<Packed>> chunks_;  ///< all but the last are full
    std::vector<GrowerEstimate> growers_;
};

class CoverageRows::Iterator {
  public:
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using value_type = CoverageRow;
    using difference_type = std::ptrdiff_t;
    using reference = CoverageRow;

    Iterator() = default;
    Iterator(const CoverageRows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    CoverageRow operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
        ++at_;
        return *this;
    }
    Iterator operator++(int) { return {*rows_, at_++}; }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

  private:
    const CoverageRows* rows_ = nullptr;
    std::size_t at_ = 0;
};

inline CoverageRows::Iterator CoverageRows::begin() const {
    return {*this, 0};
}
inline CoverageRows::Iterator CoverageRows::end() const {
    return {*this, size()};
}

}  // namespace vereda::livelihoods
