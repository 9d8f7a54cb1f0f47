/// Shares by value while one band of one zone is read. Internal to raster/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "raster/value_table.hpp"

namespace vereda::raster::detail {

/// Whole numbers of up to 16 bits count in a plain array, others in a table.
template <class T>
class TableScratch {
  public:
    void add(T value, double cover, double area) {
        if constexpr (plain) {
            const auto i = static_cast<Index>(value);
            if (shares_[i].cover == 0) touched_.push_back(value);
            shares_[i].cover += cover;
            shares_[i].area += area;
        } else {
            table_.add(ValueShare{static_cast<double>(value), cover, area});
        }
    }
    void move_to(ValueTable& table) {
        if constexpr (plain) {
            for (const T value : touched_) {
                Share& share = shares_[static_cast<Index>(value)];
                table.add(ValueShare{static_cast<double>(value), share.cover, share.area});
                share = {};
            }
            touched_.clear();
        } else {
            table.merge(table_);
            table_.clear();
        }
    }

  private:
    static constexpr bool plain = std::is_integral_v<T> && sizeof(T) <= 2;
    using Index = std::conditional_t<sizeof(T) == 1, std::uint8_t, std::uint16_t>;
    struct Share {
        double cover = 0;
        double area = 0;
    };
    std::vector<Share> shares_ =
        std::vector<Share>(plain ? std::size_t{1} << (8 * (sizeof(T) <= 2 ? sizeof(T) : 0)) : 0);
    std::vector<T> touched_;
    ValueTable table_;
};

}  // namespace vereda::raster::detail
