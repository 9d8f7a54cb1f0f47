#include "regions/area_units.hpp"

#include <map>
#include <set>

namespace vereda::regions {
namespace {

/// Parents of a region that are no regions themselves, from small to large. A circle of parents ends where it closes.
std::vector<std::string> parents_of(const RegionSet& regions, std::size_t region) {
    std::vector<std::string> parents;
    std::set<std::string> passed;
    std::string next = regions.regions()[region].parent;
    while (!next.empty() && passed.insert(next).second) {
        const auto known = regions.find(next);
        if (!known) {
            parents.push_back(next);
            break;
        }
        next = regions.regions()[*known].parent;
    }
    return parents;
}

}  // namespace

std::string_view name_of(AreaLevel level) {
    switch (level) {
        case AreaLevel::region:
            return "region";
        case AreaLevel::parent:
            return "parent";
        case AreaLevel::all:
            return "all";
    }
    return "";
}

AreaUnits::AreaUnits(const RegionSet& regions) {
    std::set<std::string, std::less<>> has_children;
    std::map<std::string, std::size_t> parents;
    for (const Region& region : regions.regions()) {
        units_.push_back({AreaLevel::region, region.id, region.name});
        if (!region.parent.empty() && region.parent != region.id) has_children.insert(region.parent);
    }
    const std::size_t count = regions.regions().size();
    std::vector<std::vector<std::string>> above(count);
    for (std::size_t r = 0; r < count; ++r) {
        if (has_children.contains(regions.regions()[r].id)) continue;
        above[r] = parents_of(regions, r);
        for (const std::string& parent : above[r])
            parents.emplace(parent, 0);
    }
    for (auto& [id, position] : parents) {
        position = units_.size();
        units_.push_back({AreaLevel::parent, id, id});
    }
    const std::size_t whole = units_.size();
    if (count > 1) units_.push_back({AreaLevel::all, "all", "all"});
    for (std::size_t r = 0; r < count; ++r) {
        std::vector<std::size_t> chain{r};
        for (const std::string& parent : above[r])
            chain.push_back(parents.at(parent));
        if (count > 1 && !has_children.contains(regions.regions()[r].id)) chain.push_back(whole);
        chains_.push_back(std::move(chain));
    }
}

}  // namespace vereda::regions
