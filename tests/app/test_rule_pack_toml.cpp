#include "app/formats/rule_pack_toml.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "geo/error.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::app;

namespace {

const std::filesystem::path rules = std::filesystem::path(VEREDA_SOURCE_DIR) / "share/vereda/rules";

livelihoods::RulePack shipped(const std::string& name) {
    std::ifstream file(rules / (name + ".toml"));
    REQUIRE(file);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    geo::Locus source;
    source.file = name + ".toml";
    return rule_pack_from_toml(text, source);
}

const std::string least = "[pack]\nname = 'p'\nversion = '1'\nsource = 's'\n";

}  // namespace

TEST_CASE("every shipped rule pack reads and bears its file's name") {
    int packs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(rules)) {
        const std::string name = entry.path().stem().string();
        CHECK(shipped(name).name == name.substr(0, name.find('@')));
        ++packs;
    }
    CHECK(packs >= 4);
}

TEST_CASE("the cato of the Chapare is 1,600 square metres, one per family, by the register of 2004") {
    const livelihoods::RulePack pack = shipped("chapare");
    CHECK(pack.max_area->value() == 1600);
    CHECK(*pack.plots_per_unit == 1);
    CHECK(*pack.unit == livelihoods::RuleUnit::family);
    CHECK(geo::to_iso(*pack.register_cutoff) == "2004-12-31");
    CHECK(*pack.no_subdivision);
    CHECK(*pack.inspection_months == 3);
    CHECK_FALSE(pack.tolerance_share);
    CHECK_FALSE(pack.legal_area);
    REQUIRE(pack.zones.size() == 3);
    CHECK(pack.zones[0].cap->value() == 7700);
    CHECK_FALSE(*pack.zones[1].allowed);
    // 7,700 ha of 0.16 ha each
    CHECK(pack.zones[0].cap->value() * 10'000 / pack.max_area->value() == Approx(48'125));
}

TEST_CASE("the Yungas are two packs, and only the registered zone has a limit") {
    CHECK(shipped("yungas_registered").max_area->value() == 2500);
    CHECK_FALSE(shipped("yungas_traditional").max_area);
}

TEST_CASE("what no source tells about Laos stays unset") {
    const livelihoods::RulePack pack = shipped("laos_personal_use");
    CHECK_FALSE(pack.max_area);
    CHECK_FALSE(pack.exempt_min_age);
    CHECK_FALSE(pack.exempt_need);
    CHECK_FALSE(pack.exempt_ends_on);
    CHECK(pack.crops == std::vector{regions::Crop::poppy});
}

TEST_CASE("an unknown key or word in a pack is an error, and so is a pack without a source") {
    CHECK_NOTHROW(rule_pack_from_toml(least, {}));
    CHECK_THROWS_AS(rule_pack_from_toml(least + "[plot]\nmax_area = 1600\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml(least + "[plot]\nunit = 'clan'\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml(least + "[[zone]]\nkind = 'moon'\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml(least + "crops = ['maize']\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml(least + "[plot]\nmax_area_m2 = -1\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml("[pack]\nname = 'p'\nversion = '1'\nsource = ''\n", {}), geo::Error);
    CHECK_THROWS_AS(rule_pack_from_toml("", {}), geo::Error);
}
