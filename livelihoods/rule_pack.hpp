/// A small-plot rule as dated, versioned data (share/vereda/rules/*.toml, read by app/formats). An unset parameter
/// makes its check answer "no rule", never a guess.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/date.hpp"
#include "geo/quantity.hpp"
#include "regions/crop.hpp"
#include "regions/survey.hpp"
#include "regions/zone.hpp"

namespace vereda::livelihoods {

enum class RuleUnit { family, union_, licence };
enum class LegalArea { horizontal, surface };
/// To whom a plot may pass.
enum class TransferRule { allowed, within_union, forbidden };

struct ZoneRule {
    regions::ZoneKind kind = regions::ZoneKind::park;
    std::optional<bool> allowed;
    std::optional<geo::Hectares> cap;
    int precedence = 0;  ///< the highest that applies decides
    /// Kinds of zone whose area counts against this cap too (14,300 ha for La Paz: registered and traditional).
    std::vector<regions::ZoneKind> cap_with = {};
};

/// One step of a pack's ladder, or a sanction that it describes without a step.
struct Sanction {
    std::string offence;
    std::optional<int> look_back_months;
    std::string subject;
    std::string measure;
    std::optional<int> months;
    /// So many confirmed excesses within the look-back lead to this step; nullopt: described, no step of the ladder.
    std::optional<int> count = {};
    std::string source = {};
};

struct RulePack {
    std::string name;
    std::string title;
    std::string jurisdiction;
    std::string version;
    std::optional<geo::Date> valid_from;
    std::optional<geo::Date> valid_to;
    std::string source;
    std::vector<regions::Crop> crops;

    std::optional<geo::SquareMetres> max_area;
    std::optional<int> plots_per_unit;
    std::optional<double> tolerance_share;
    std::optional<RuleUnit> unit;
    std::optional<LegalArea> legal_area;
    std::optional<regions::MeasuredBy> measured_by;
    std::optional<geo::Metres> correlation_length;  ///< default 60 m for walked boundaries (d)
    std::optional<geo::Metres> offset;

    std::vector<ZoneRule> zones;
    std::optional<geo::Date> register_cutoff;
    std::optional<bool> require_title;
    std::optional<bool> no_subdivision;
    std::optional<std::string> duplicates;
    std::optional<std::string> relocation;
    std::optional<int> inspection_months;
    std::optional<int> grace_days;  ///< the window in which a family removes an excess itself
    std::optional<TransferRule> transfer;
    std::vector<int> calendar_months;  ///< 1-12, ascending: when the crop may stand; empty: unset
    std::vector<Sanction> sanctions;
    std::optional<int> exempt_min_age;
    std::optional<geo::Hectares> exempt_need;
    std::optional<geo::Date> exempt_ends_on;
};

/// Throws Error(usage): no name, no version, no source, areas or counts not above zero, valid_to before valid_from.
[[nodiscard]] RulePack validated(RulePack pack, const geo::Locus& source);

/// Both ends included; an end that is not set is open.
[[nodiscard]] bool in_force(const RulePack& pack, geo::Date day);

}  // namespace vereda::livelihoods
