/// What may be said in public, and what the council is told before it says it.
#include "evidence/public_statement.hpp"

#include <algorithm>

#include "evidence/release_review.hpp"
#include "geo/error.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;

namespace {

Record record(std::uint64_t entry, const char* type, std::map<std::string, std::string> values) {
    Record result;
    result.entry = entry;
    result.type = type;
    result.values = std::move(values);
    return result;
}

Record yurumangui() {
    return record(1, "event",
                  {{"date", "2007-11-09"},
                   {"date_until", "2007-11-11"},
                   {"crop", "coca"},
                   {"area_ha", "25"},
                   {"area_sd_ha", "1"},
                   {"participants", "253"},
                   {"decided_by", "Asamblea general"},
                   {"area", "Quebrada El Encanto"},
                   {"area_families", "7"},
                   {"wider_area", "Río Yurumanguí"},
                   {"wider_area_families", "627"}});
}

PublicStatement said(const std::vector<Record>& records, Permissions permissions = {}) {
    return public_statement(records, permissions);
}

bool tells(const std::vector<geo::Message>& sentences, std::string_view id) {
    return std::ranges::any_of(sentences, [&](const geo::Message& sentence) { return sentence.id.text() == id; });
}

}  // namespace

TEST_CASE("days become months, people multiples of five rounded down, hectares whole with their interval") {
    const PublicStatement statement = said({yurumangui()});
    REQUIRE(statement.area);
    CHECK(statement.area->hectares == 25);
    CHECK(statement.area->lo == 23);  // 25 − 1.96
    CHECK(statement.area->hi == 27);
    CHECK(statement.people == 250);
    CHECK(geo::to_iso(*statement.first) == "2007-11");
    CHECK(statement.first == statement.last);
    CHECK(statement.by_assembly);
}

TEST_CASE("no place without permission; with it the finest that holds ten families") {
    CHECK_FALSE(said({yurumangui()}).place);
    Permissions place;
    place.place = true;
    const PublicStatement statement = said({yurumangui()}, place);
    CHECK(statement.place == "Río Yurumanguí");
    CHECK(statement.families == 620);
    Record small = yurumangui();
    small.values["wider_area_families"] = "9";
    CHECK_FALSE(said({small}, place).place);
    small.values["area_families"] = "10";
    CHECK(said({small}, place).place == "Quebrada El Encanto");
}

TEST_CASE("events in different areas share no place, and the smaller number of families counts") {
    Permissions place;
    place.place = true;
    Record other = yurumangui();
    other.entry = 2;
    other.values["area"] = "Otra";
    other.values["wider_area_families"] = "600";
    CHECK(said({yurumangui(), other}, place).families == 600);
    other.values["wider_area"] = "Río Naya";
    CHECK_FALSE(said({yurumangui(), other}, place).place);
}

TEST_CASE("less than a hectare and fewer than ten people are not told") {
    Record small = yurumangui();
    small.values["area_ha"] = "0.9";
    small.values["participants"] = "9";
    const PublicStatement statement = said({small});
    CHECK_FALSE(statement.area);
    CHECK_FALSE(statement.people);
    CHECK(statement.people_withheld);
    CHECK(statement_text(statement).find("hectares") == std::string::npos);
}

TEST_CASE("an event without consent counts for nothing") {
    Record other = yurumangui();
    other.entry = 2;
    other.values["area_ha"] = "100";
    Permissions permissions;
    permissions.left_out = {2};
    CHECK(said({yurumangui(), other}, permissions).area->hectares == 25);
}

TEST_CASE("a place that holds a person's name or a coordinate is refused") {
    Permissions place;
    place.place = true;
    Record telling = yurumangui();
    telling.values["owner"] = "Rosa Angulo";
    telling.values["wider_area"] = "Finca de los Angulo";
    CHECK_THROWS_AS(said({telling}, place), geo::Error);
    telling.values["wider_area"] = "3.48213, -77.21";
    CHECK_THROWS_AS(said({telling}, place), geo::Error);
    telling.values["wider_area"] = "Vereda 20 de Julio";
    CHECK_NOTHROW(said({telling}, place));
}

TEST_CASE("the newest comparison with the satellite is printed as it is, disputed hectares too") {
    Record old = record(2, "comparison", {{"agree_ha", "25"}});
    old.about = 1;
    Record comparison = record(3, "comparison", {{"agree_ha", "21"}, {"disagree_ha", "4"}});
    comparison.about = 1;
    const PublicStatement statement = said({yurumangui(), old, comparison});
    REQUIRE(statement.satellite);
    CHECK(statement.satellite->agree == 21);
    CHECK(statement.satellite->disagree == 4);
    CHECK(statement_text(statement).find("satellite agree 21 disagree 4 not_detectable 0 not_observed 0\n") !=
          std::string::npos);
}

TEST_CASE("the sealed words are one text for one statement") {
    Permissions all;
    all.place = true;
    CHECK(statement_text(said({yurumangui()}, all)) ==
          "vereda-public-statement 1\ncrops coca\nhectares 25 from 23 to 27\nmonths 2007-11 to 2007-11\n"
          "people_at_least 250\ndecided_by assembly\nplace Río Yurumanguí\nfamilies_at_least 620\ncouncil -\n");
}

TEST_CASE("the review speaks of what stands in the sheet and in the ledger, not of what does not") {
    Permissions place;
    place.place = true;
    std::vector<Record> records{yurumangui()};
    auto learns = what_a_reader_learns(said(records, place), records);
    auto angered = who_could_be_angered(said(records, place), records);
    CHECK(tells(learns, "review.place"));
    CHECK(tells(learns, "review.one_month"));
    CHECK_FALSE(tells(learns, "review.everyone_there"));
    CHECK(tells(angered, "review.buyers_there"));
    CHECK_FALSE(tells(angered, "review.threats"));
    CHECK_FALSE(tells(angered, "review.against"));
    records[0].values["wider_area_families"] = "60";
    records[0].values["votes_against"] = "4";
    records.push_back(record(2, "threat", {{"date", "2016-12-03"}}));
    learns = what_a_reader_learns(said(records, place), records);
    angered = who_could_be_angered(said(records, place), records);
    CHECK(tells(learns, "review.everyone_there"));
    CHECK(tells(angered, "review.threats"));
    CHECK(tells(angered, "review.against"));
    records[0].values["crop"] = "café";
    CHECK_FALSE(tells(who_could_be_angered(said(records), records), "review.buyers"));
}
