/// Reads what a study says about people: registers, and the model and packs they are judged by.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/study.hpp"
#include "geo/diagnostic.hpp"
#include "livelihoods/context.hpp"
#include "livelihoods/evidence.hpp"
#include "livelihoods/facts.hpp"
#include "livelihoods/household.hpp"
#include "livelihoods/incident.hpp"
#include "livelihoods/income.hpp"
#include "livelihoods/programme.hpp"
#include "livelihoods/readiness_model.hpp"
#include "livelihoods/responsibility.hpp"
#include "livelihoods/rule_pack.hpp"
#include "livelihoods/sanction_record.hpp"
#include "regions/region_set.hpp"

namespace vereda::app {

/// The registers of a study; a register that the study does not name is empty.
struct PeopleInputs {
    std::vector<livelihoods::Household> households;
    std::vector<livelihoods::Programme> programmes;
    std::vector<livelihoods::Delivery> deliveries;
    std::vector<livelihoods::Income> incomes;
    std::vector<livelihoods::Price> prices;
    std::vector<livelihoods::IndicatorValue> indicators;
    std::vector<livelihoods::GateStatement> evidence;
    std::vector<livelihoods::Incident> incidents;
    std::vector<livelihoods::ContextValue> context;
    std::vector<livelihoods::Responsibility> responsibilities;
    std::vector<livelihoods::SanctionRecord> sanctions;
};

/// x, y of households and incidents are in the CRS that the study declares for the table, else longitude and latitude.
/// Rows on the lines `left_out` are passed over: `check` goes on behind a fault it has told.
[[nodiscard]] PeopleInputs read_people(const StudyPeople& people, const regions::RegionSet& regions,
                                       geo::Diagnostics& diagnostics, const std::set<long>& left_out = {});

/// The file that a pack or model is read from: a path (with a slash or ending in .toml) from the study's folder, else a
/// name in share/<kind>. Throws Error(usage, "pack.unknown" or "pack.unknown_nearest") for a name that is not there.
[[nodiscard]] std::filesystem::path named_file(const std::string& written, std::string_view kind,
                                               const std::filesystem::path& share, const std::filesystem::path& folder);

[[nodiscard]] livelihoods::ReadinessModel read_readiness_model(const Study& study, const std::filesystem::path& share);
/// Of a name in share/rules, every version (NAME.toml and NAME@….toml). `changes` are assignments that each pack is
/// read with ("plot.max_area_m2=2000").
[[nodiscard]] std::vector<livelihoods::RulePack> read_rule_packs(const Study& study, const std::filesystem::path& share,
                                                                 std::span<const std::string> changes = {});

}  // namespace vereda::app
