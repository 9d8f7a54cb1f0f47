/// The analyses of a study, one file each in this folder, and the registry that orders them.
#pragma once

#include <span>
#include <string_view>

#include "app/analyses/run_context.hpp"

namespace vereda::app {

struct Analysis {
    std::string_view name;  ///< that of its main table where it has one
    std::span<const std::string_view> needs =
        {};                     ///< analyses whose results it reads; they stand earlier in the registry
    bool reads_people = false;  ///< the registers of people, besides the land
    void (*execute)(RunContext& run) = nullptr;  ///< fills its part of the results, or says with skip() why it cannot
};

/// Every analysis, in the order in which they run.
[[nodiscard]] std::span<const Analysis> analyses();

/// Those named and what they need, in the order of the registry; all of them where none is named. A name that is not
/// there is a bug: Error(internal).
[[nodiscard]] std::vector<const Analysis*> analyses_for(const std::vector<std::string>& names);

}  // namespace vereda::app
