/// Families as a register holds them. Personal data: nothing of this type reaches a public output.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/geometry.hpp"

namespace vereda::livelihoods {

enum class HouseholdGroup { grower, picker, non_grower, unknown };
enum class LandTitle { titled, possession, none, unknown };
enum class Motive { cash, coercion, tradition, other, unknown };

[[nodiscard]] std::string_view name_of(HouseholdGroup group);
[[nodiscard]] std::string_view name_of(LandTitle title);
[[nodiscard]] std::string_view name_of(Motive motive);

struct Household {
    std::string id;
    std::string region_id;
    std::string name;  ///< of the person who signed, as written; empty: not told
    HouseholdGroup group = HouseholdGroup::unknown;
    std::optional<geo::Date> registered_on;
    std::string registration_id;
    std::string union_name;
    std::string sex;        ///< as written in the register, lower case; empty: unknown
    std::string ethnicity;  ///< likewise
    std::optional<int> birth_year;
    std::optional<int> members;
    std::optional<geo::Date> agreement_date;
    LandTitle land_title = LandTitle::unknown;
    std::optional<geo::Point> home;  ///< analysis CRS
    Motive motive = Motive::unknown;
    std::vector<std::string> kin = {};  ///< ids of households that the register declares as relatives
};

}  // namespace vereda::livelihoods
