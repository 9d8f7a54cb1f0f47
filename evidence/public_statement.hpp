/// What a public sheet may say of a ledger, and nothing else: a type that cannot hold a plot, a name of a person, a
/// photo or a free text, with the two exceptions that an assembly must have allowed (the name of the area, the name of
/// the council).
///
/// Rules (methods §9; thresholds as in report/public_edition: ten families, counts below ten withheld, (d)):
/// - days become months; hectares whole from 10 ha, halves from 1 ha, withheld below; people rounded down to a multiple
///   of 5 (ONS), withheld below ten;
/// - the area is the finest that all events share and that is told to hold at least ten families, rounded down to tens;
/// - hectares the satellite cannot settle are not counted for or against.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "evidence/record.hpp"

namespace vereda::evidence {

inline constexpr long fewest_families = 10;
inline constexpr long fewest_people = 10;

struct RoundedArea {
    double hectares = 0;
    std::optional<double> lo;  ///< 95 %, where every event tells its error
    std::optional<double> hi;
};

/// Hectares claimed, by what the satellite says of them (methods §11).
struct SatelliteShares {
    double agree = 0;
    double disagree = 0;  ///< only where detection power allowed
    double not_detectable = 0;
    double not_observed = 0;
};

struct PublicStatement {
    std::set<std::string> crops;  ///< "coca", "poppy", "other"
    std::optional<RoundedArea> area;
    std::optional<geo::Month> first;
    std::optional<geo::Month> last;
    std::optional<long> people;  ///< at least so many took part
    bool people_withheld = false;
    bool by_assembly = false;  ///< every event was decided by an assembly
    std::optional<std::string> place;
    std::optional<long> families;  ///< at least so many live there; only with `place`
    std::optional<std::string> council;
    std::optional<SatelliteShares> satellite;
};

struct Permissions {
    bool place = false;                ///< the area may be named
    bool council = false;              ///< the council may be named
    std::set<std::uint64_t> left_out;  ///< entries without consent: they count for nothing
};
/// Of records of type "event" and the newest "comparison" about each; the others of `records` say nothing here but the
/// council's name. Requires that the caller has checked consent to publish.
/// Throws geo::Error(policy, "ledger.place_tells"), geo::Error(policy, "ledger.name_tells") where the name of the area
/// or the council holds a coordinate or a word of a person's name in the ledger.
[[nodiscard]] PublicStatement public_statement(std::span<const Record> records, const Permissions& permissions);

/// Whether these words say that an assembly decided ("asamblea general", "assembly").
[[nodiscard]] bool is_assembly(std::string_view decided_by);

/// Canonical text, one line each: what the ledger commits to when a sheet is released.
[[nodiscard]] std::string statement_text(const PublicStatement& statement);

}  // namespace vereda::evidence
