/// Programmes, and what they promised and delivered to whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/date.hpp"
#include "regions/eradication.hpp"

namespace vereda::livelihoods {

enum class Component {
    food,
    technical_assistance,
    garden,
    short_cycle,
    long_cycle,
    payment,
    road,
    water,
    school,
    clinic,
    credit,
    title,
    market_contract,
    other
};
[[nodiscard]] std::string_view name_of(Component component);
[[nodiscard]] std::optional<Component> component_named(std::string_view name);

/// Who says that a delivery arrived. Only `confirmed` counts as delivered for readiness (methods §11, G7).
enum class Confirmation { confirmed, disputed, payer_only };

struct Programme {
    std::string id;
    std::string agency;
    std::string name;
    std::string kind;  ///< alternative_development, substitution, services, eradication
    std::optional<geo::Date> announced_on;
    std::optional<geo::Date> starts_on;
    std::optional<geo::Date> ends_on;
    regions::Answer requires_prior_eradication = regions::Answer::unknown;
    std::optional<double> budget;
    std::string currency;
};

struct Delivery {
    std::string household_id;  ///< empty where the delivery went to a region
    std::string region_id;     ///< of the household, or as written
    std::string programme_id;
    Component component = Component::other;
    std::optional<geo::Date> promised_on;
    std::optional<geo::Date> delivered_on;
    std::optional<Confirmation> confirmation;
    std::optional<double> amount;
    std::string currency;
    std::optional<double> quality;  ///< 0-1
    std::string source;
};

}  // namespace vereda::livelihoods
