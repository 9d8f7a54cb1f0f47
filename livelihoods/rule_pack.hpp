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

struct ZoneRule {
    regions::ZoneKind kind = regions::ZoneKind::park;
    std::optional<bool> allowed;
    std::optional<geo::Hectares> cap;
    int precedence = 0;  ///< the highest that applies decides
};

struct Sanction {
    std::string offence;
    std::optional<int> look_back_months;
    std::string subject;
    std::string measure;
    std::optional<int> months;
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
    std::optional<int> grace_days;
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
