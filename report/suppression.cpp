#include "report/suppression.hpp"

#include <algorithm>
#include <cstdlib>

namespace vereda::report {

std::vector<std::optional<long>> withheld_counts(const std::vector<long>& counts, long at_least) {
    std::vector<std::optional<long>> result;
    for (const long count : counts) {
        const bool tells_a_small_group = std::ranges::any_of(result, [&](const std::optional<long>& other) {
            return other && *other != count && std::abs(*other - count) < at_least;
        });
        result.push_back(count < at_least || tells_a_small_group ? std::nullopt : std::optional(count));
    }
    return result;
}

void withhold_complements(const std::vector<long>& parts, std::vector<bool>& keep, bool total_published,
                          long at_least) {
    while (true) {
        long withheld = 0;
        long sum = 0;
        std::optional<std::size_t> smallest;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!keep[i]) {
                ++withheld;
                sum += parts[i];
            } else if (!smallest || parts[i] < parts[*smallest]) {
                smallest = i;
            }
        }
        const bool derivable = total_published ? withheld > 0 && (withheld < 2 || sum < at_least) : withheld == 0;
        if (!derivable || !smallest) return;
        keep[*smallest] = false;
    }
}

}  // namespace vereda::report
