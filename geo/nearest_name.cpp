#include "geo/nearest_name.hpp"

#include <algorithm>
#include <array>

namespace vereda::geo {

namespace {

constexpr std::size_t longest = 64;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, longest);
    b = b.substr(0, longest);
    using Row = std::array<std::size_t, longest + 1>;
    Row before_last{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        last = row;
    }
    return last[b.size()];
}

std::optional<std::string> nearest_name(std::string_view written, std::span<const std::string> valid) {
    std::optional<std::string> nearest;
    std::size_t fewest = longest + 1;
    for (const std::string& name : valid) {
        const std::size_t edits = edit_distance(written, name);
        if (edits < fewest) {
            fewest = edits;
            nearest = name;
        }
    }
    if (!nearest) return nearest;
    const std::size_t near_enough = std::max<std::size_t>(2, std::max(written.size(), nearest->size()) / 3);
    if (fewest > near_enough || fewest >= nearest->size()) return std::nullopt;
    return nearest;
}

}  // namespace vereda::geo
