/// Aid and forced reduction at the same place in the same quarter: who did which.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/quantity.hpp"
#include "livelihoods/programme.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

struct AidConflictRow {
    std::string region_id;
    std::string quarter;            ///< "2018-Q3"
    std::string aid_owner;          ///< agency of the programme; its id where no agency is told; empty: neither
    std::string aid_programmes;     ///< ids, "; " between
    long promised = 0;              ///< deliveries promised for the quarter
    long delivered = 0;             ///< deliveries made in it
    std::string eradication_owner;  ///< agency of the events; empty: not told
    std::string eradication_kind;   ///< aerial, manual_forced, conditioned or unknown
    long events = 0;
    std::optional<geo::Hectares> reported;  ///< nullopt where no event tells an area
};

/// One row per region, quarter, owner of aid and owner and kind of eradication, in that order. Aid is every promise and
/// delivery of a programme that is not itself of kind eradication; voluntary and community eradication and pruning are
/// no conflict. Events without a region are left out. An event without an agency belongs to the agency of the only
/// programme of kind eradication, where there is one.
[[nodiscard]] std::vector<AidConflictRow> aid_conflicts(std::span<const Programme> programmes,
                                                        std::span<const Delivery> deliveries,
                                                        std::span<const regions::EradicationEvent> eradication);

}  // namespace vereda::livelihoods
