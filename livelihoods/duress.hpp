/// Agreements signed in the shadow of "sign or be eradicated" are not free (methods §11, G3).
#pragma once

#include <algorithm>
#include <span>

#include "geo/calendar.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

inline constexpr int duress_months = 12;  ///< (d) a threat counts for agreements signed up to a year after it

/// Whether one such event (of the same region) lies in the year before the agreement, or since, up to `as_of`.
[[nodiscard]] inline bool under_duress(geo::Date agreed, std::span<const regions::EradicationEvent* const> events,
                                       geo::Date as_of) {
    return std::ranges::any_of(events, [&](const regions::EradicationEvent* event) {
        return event->kind == regions::EradicationKind::conditioned && event->date <= as_of &&
               geo::plus_months(event->date, duress_months) >= agreed;
    });
}

}  // namespace vereda::livelihoods
