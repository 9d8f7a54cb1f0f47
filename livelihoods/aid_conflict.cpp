#include "livelihoods/aid_conflict.hpp"

#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include "livelihoods/period.hpp"

namespace vereda::livelihoods {

namespace {

using PlaceTime = std::pair<std::string, std::string>;  ///< region, quarter

struct Aid {
    std::set<std::string> programmes;
    long promised = 0;
    long delivered = 0;
};

struct Force {
    long events = 0;
    std::optional<geo::Hectares> reported;
};

bool is_forced(regions::EradicationKind kind) {
    using enum regions::EradicationKind;
    return kind == aerial || kind == manual_forced || kind == conditioned || kind == unknown;
}

/// The agency of the only programme of that kind; empty where there is none or more than one agency.
std::string only_eradicator(std::span<const Programme> programmes) {
    std::set<std::string> agencies;
    for (const Programme& programme : programmes)
        if (programme.kind == "eradication" && !programme.agency.empty()) agencies.insert(programme.agency);
    return agencies.size() == 1 ? *agencies.begin() : std::string();
}

using AidByOwner = std::map<std::string, Aid>;
using ForceByOwner = std::map<std::pair<std::string, std::string>, Force>;

/// Of the regions in which somebody eradicated: elsewhere nothing can stand against it.
std::map<PlaceTime, AidByOwner> aid_by_place(std::span<const Programme> programmes,
                                             std::span<const Delivery> deliveries,
                                             const std::unordered_set<std::string_view>& regions) {
    std::map<std::string_view, const Programme*> by_id;
    for (const Programme& programme : programmes)
        by_id.emplace(programme.id, &programme);
    std::map<PlaceTime, AidByOwner> aid;
    for (const Delivery& delivery : deliveries) {
        if (!regions.contains(delivery.region_id)) continue;
        const auto found = by_id.find(delivery.programme_id);
        const Programme* programme = found == by_id.end() ? nullptr : found->second;
        if (programme != nullptr && programme->kind == "eradication") continue;
        const std::string& owner =
            programme != nullptr && !programme->agency.empty() ? programme->agency : delivery.programme_id;
        const auto note = [&](std::optional<geo::Date> day, long Aid::*count) {
            if (!day) return;
            Aid& at = aid[{delivery.region_id, quarter_of(*day)}][owner];
            at.programmes.insert(delivery.programme_id);
            ++(at.*count);
        };
        note(delivery.promised_on, &Aid::promised);
        note(delivery.delivered_on, &Aid::delivered);
    }
    return aid;
}

}  // namespace

std::vector<AidConflictRow> aid_conflicts(std::span<const Programme> programmes, std::span<const Delivery> deliveries,
                                          std::span<const regions::EradicationEvent> eradication) {
    const std::string eradicator = only_eradicator(programmes);
    std::map<PlaceTime, ForceByOwner> force;
    for (const regions::EradicationEvent& event : eradication) {
        if (!is_forced(event.kind) || event.region_id.empty()) continue;
        const std::string& owner = event.agency.empty() ? eradicator : event.agency;
        Force& at = force[{event.region_id, quarter_of(event.date)}][{owner, std::string(name_of(event.kind))}];
        ++at.events;
        if (event.reported) at.reported = at.reported.value_or(geo::Hectares(0)) + *event.reported;
    }
    if (force.empty()) return {};
    std::unordered_set<std::string_view> regions;
    for (const auto& [place, by_owner] : force)
        regions.insert(place.first);
    const std::map<PlaceTime, AidByOwner> aid = aid_by_place(programmes, deliveries, regions);
    std::vector<AidConflictRow> rows;
    for (const auto& [place, by_aid_owner] : aid) {
        const auto found = force.find(place);
        if (found == force.end()) continue;
        for (const auto& [aid_owner, given] : by_aid_owner) {
            for (const auto& [eradicator_and_kind, taken] : found->second) {
                rows.push_back({place.first, place.second, aid_owner,
                                fmt::format("{}", fmt::join(given.programmes, "; ")), given.promised, given.delivered,
                                eradicator_and_kind.first, eradicator_and_kind.second, taken.events, taken.reported});
            }
        }
    }
    return rows;
}

}  // namespace vereda::livelihoods
