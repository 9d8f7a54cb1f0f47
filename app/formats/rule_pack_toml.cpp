#include "app/formats/rule_pack_toml.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "app/formats/toml_reader.hpp"
#include "app/formats/toml_words.hpp"

namespace vereda::app {

namespace {

using geo::operator""_msg;
using livelihoods::LegalArea;
using livelihoods::RulePack;
using livelihoods::RuleUnit;
using livelihoods::TransferRule;
using regions::MeasuredBy;
using regions::ZoneKind;

constexpr auto unit_words = std::to_array<TomlWord<RuleUnit>>(
    {{"family", RuleUnit::family}, {"union", RuleUnit::union_}, {"licence", RuleUnit::licence}});
constexpr auto area_words =
    std::to_array<TomlWord<LegalArea>>({{"horizontal", LegalArea::horizontal}, {"surface", LegalArea::surface}});
constexpr auto measured_words =
    std::to_array<TomlWord<MeasuredBy>>({{"gnss_walk", MeasuredBy::gnss_walk},
                                         {"corners", MeasuredBy::corners},
                                         {"vhr", MeasuredBy::vhr},
                                         {"medium_resolution", MeasuredBy::medium_resolution},
                                         {"tape", MeasuredBy::tape}});
constexpr auto crop_words =
    std::to_array<TomlWord<regions::Crop>>({{"coca", regions::Crop::coca}, {"poppy", regions::Crop::poppy}});

constexpr auto transfer_words = std::to_array<TomlWord<TransferRule>>({{"allowed", TransferRule::allowed},
                                                                       {"within_union", TransferRule::within_union},
                                                                       {"forbidden", TransferRule::forbidden}});

ZoneKind zone_kind(const TomlTable& zone, std::string_view key, const std::string& written) {
    if (const auto kind = regions::zone_kind_named(written)) return *kind;
    std::vector<std::string_view> valid;
    for (int kind = 0; kind <= static_cast<int>(ZoneKind::abroad); ++kind)
        valid.push_back(regions::name_of(static_cast<ZoneKind>(kind)));
    throw word_unknown(zone, key, written, valid);
}

/// An integer that the pack's types can hold.
std::optional<int> small_integer(const TomlTable& table, std::string_view key) {
    const std::optional<long long> value = table.integer(key);
    if (!value) return std::nullopt;
    if (*value < std::numeric_limits<int>::min() || *value > std::numeric_limits<int>::max())
        throw geo::Error(geo::ErrorKind::usage, {"toml.out_of_range"_msg, {}}, table.place(key));
    return static_cast<int>(*value);
}

template <class Unit>
std::optional<geo::Quantity<Unit>> quantity(const TomlTable& table, std::string_view key) {
    const std::optional<double> value = table.number(key);
    return value ? std::optional(geo::Quantity<Unit>(*value)) : std::nullopt;
}

template <class Unit>
void set(std::optional<geo::Quantity<Unit>>& target, const TomlTable& table, std::string_view key) {
    target = quantity<Unit>(table, key);
}

void read_pack(const TomlTable& table, RulePack& pack) {
    pack.name = table.required_text("name");
    pack.title = table.text("title").value_or("");
    pack.jurisdiction = table.text("jurisdiction").value_or("");
    pack.version = table.required_text("version");
    pack.valid_from = table.date("valid_from");
    pack.valid_to = table.date("valid_to");
    pack.source = table.required_text("source");
    for (const std::string& crop : table.texts("crops"))
        pack.crops.push_back(value_of_word<regions::Crop>(table, "crops", crop, crop_words));
}

void read_plot(const TomlTable& table, RulePack& pack) {
    set(pack.max_area, table, "max_area_m2");
    pack.plots_per_unit = small_integer(table, "per_family");
    pack.tolerance_share = table.number("tolerance_share");
    pack.unit = word<RuleUnit>(table, "unit", unit_words);
    pack.legal_area = word<LegalArea>(table, "area", area_words);
    pack.measured_by = word<MeasuredBy>(table, "measured_by", measured_words);
    set(pack.correlation_length, table, "correlation_m");
    set(pack.offset, table, "offset_m");
}

void read_zone(const TomlTable& table, RulePack& pack) {
    livelihoods::ZoneRule zone;
    zone.kind = zone_kind(table, "kind", table.required_text("kind"));
    zone.allowed = table.boolean("allowed");
    set(zone.cap, table, "cap_ha");
    zone.precedence = small_integer(table, "precedence").value_or(0);
    for (const std::string& kind : table.texts("cap_with"))
        zone.cap_with.push_back(zone_kind(table, "cap_with", kind));
    pack.zones.push_back(zone);
}

void read_conduct(const TomlTable& table, RulePack& pack) {
    pack.no_subdivision = table.boolean("no_subdivision");
    pack.duplicates = table.text("duplicates");
    pack.relocation = table.text("relocation");
    pack.inspection_months = small_integer(table, "inspection_months");
    pack.grace_days = small_integer(table, "grace_days");
    pack.transfer = word<TransferRule>(table, "transfer", transfer_words);
}

void read_sanction(const TomlTable& table, RulePack& pack) {
    livelihoods::Sanction sanction;
    sanction.offence = table.required_text("offence");
    sanction.look_back_months = small_integer(table, "look_back_months");
    sanction.subject = table.text("subject").value_or("");
    sanction.measure = table.text("measure").value_or("");
    sanction.months = small_integer(table, "months");
    sanction.count = small_integer(table, "count");
    sanction.source = table.text("source").value_or("");
    pack.sanctions.push_back(std::move(sanction));
}

}  // namespace

livelihoods::RulePack rule_pack_from_toml(std::string_view text, const geo::Locus& source,
                                          std::span<const std::string> changes) {
    TomlDocument document = TomlDocument::parse(text, source);
    for (const std::string& change : changes)
        document.assign(change);
    const TomlTable& root = document.root();
    RulePack pack;
    read_pack(root.required_table("pack"), pack);
    if (const auto plot = root.table("plot")) read_plot(*plot, pack);
    for (const TomlTable& zone : root.tables("zone"))
        read_zone(zone, pack);
    if (const auto table = root.table("register")) {
        pack.register_cutoff = table->date("cutoff");
        pack.require_title = table->boolean("require_title");
    }
    if (const auto conduct = root.table("conduct")) read_conduct(*conduct, pack);
    for (const TomlTable& sanction : root.tables("sanction"))
        read_sanction(sanction, pack);
    if (const auto calendar = root.table("calendar")) {
        for (const long long month : calendar->integers("months"))
            pack.calendar_months.push_back(static_cast<int>(std::clamp(month, -1LL, 99LL)));
    }
    if (const auto exempt = root.table("exempt")) {
        pack.exempt_min_age = small_integer(*exempt, "min_age");
        set(pack.exempt_need, *exempt, "need_ha");
        pack.exempt_ends_on = exempt->date("ends_on");
    }
    root.finish();
    return livelihoods::validated(std::move(pack), source);
}

}  // namespace vereda::app
