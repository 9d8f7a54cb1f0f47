/// Ground that outlines already take: found fast by cells of 200 m.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "geo/geometry.hpp"

namespace vereda::simulate {

class OccupiedGround {
  public:
    /// `key` is the caller's name for the outline; adding a key again replaces its outline.
    void put(int key, const geo::Ring& outline);
    void remove(int key);
    /// Whether `outline` keeps at least `gap` metres from every outline put in, those of `ignored` left aside.
    [[nodiscard]] bool is_free(const geo::Ring& outline, double gap, const std::vector<int>& ignored = {}) const;
    /// Keys of the outlines within `reach` metres of `outline`'s, `key` itself left out; ascending.
    [[nodiscard]] std::vector<int> near(int key, const geo::Ring& outline, double reach) const;

  private:
    [[nodiscard]] std::vector<int> candidates(const geo::Box& box) const;
    std::unordered_map<std::int64_t, std::vector<int>> cells_;
    std::unordered_map<int, geo::Ring> outlines_;
};

}  // namespace vereda::simulate
