#include "livelihoods/rule_pack.hpp"

#include <cmath>
#include <string_view>

#include "geo/error.hpp"

namespace vereda::livelihoods {

namespace {

using geo::operator""_msg;

class PackCheck {
  public:
    explicit PackCheck(const geo::Locus& source) : source_(&source) {}

    void given(const std::string& text, std::string_view key) const {
        if (text.empty()) refuse({"rule_pack.missing"_msg, {{"key", std::string(key)}}});
    }
    void above_zero(std::optional<double> value, std::string_view key) const {
        if (value && !(std::isfinite(*value) && *value > 0))
            refuse({"rule_pack.not_above_zero"_msg, {{"key", std::string(key)}}});
    }
    void not_negative(std::optional<double> value, std::string_view key) const {
        if (value && !(std::isfinite(*value) && *value >= 0))
            refuse({"rule_pack.negative"_msg, {{"key", std::string(key)}}});
    }
    [[noreturn]] void refuse(geo::Message message) const {
        throw geo::Error(geo::ErrorKind::usage, std::move(message), *source_);
    }

  private:
    const geo::Locus* source_;
};

template <class Unit>
std::optional<double> value_of(std::optional<geo::Quantity<Unit>> quantity) {
    return quantity ? std::optional(quantity->value()) : std::nullopt;
}

}  // namespace

RulePack validated(RulePack pack, const geo::Locus& source) {
    const PackCheck check(source);
    check.given(pack.name, "pack.name");
    check.given(pack.version, "pack.version");
    check.given(pack.source, "pack.source");
    if (pack.valid_from && pack.valid_to && *pack.valid_to < *pack.valid_from)
        check.refuse({"rule_pack.ends_before_start"_msg, {}});
    check.above_zero(value_of(pack.max_area), "plot.max_area_m2");
    check.above_zero(pack.plots_per_unit, "plot.per_family");
    check.not_negative(pack.tolerance_share, "plot.tolerance_share");
    check.not_negative(value_of(pack.correlation_length), "plot.correlation_m");
    check.above_zero(pack.inspection_months, "conduct.inspection_months");
    check.not_negative(pack.grace_days, "conduct.grace_days");
    check.above_zero(pack.exempt_min_age, "exempt.min_age");
    check.above_zero(value_of(pack.exempt_need), "exempt.need_ha");
    for (const ZoneRule& zone : pack.zones)
        check.above_zero(value_of(zone.cap), "zone.cap_ha");
    for (const Sanction& sanction : pack.sanctions) {
        check.given(sanction.offence, "sanction.offence");
        check.above_zero(sanction.look_back_months, "sanction.look_back_months");
        check.above_zero(sanction.months, "sanction.months");
        check.above_zero(sanction.count, "sanction.count");
    }
    for (const int month : pack.calendar_months) {
        if (month < 1 || month > 12) check.refuse({"rule_pack.month"_msg, {{"month", std::to_string(month)}}});
    }
    return pack;
}

bool in_force(const RulePack& pack, geo::Date day) {
    return (!pack.valid_from || *pack.valid_from <= day) && (!pack.valid_to || day <= *pack.valid_to);
}

}  // namespace vereda::livelihoods
