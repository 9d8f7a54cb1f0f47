/// Consent per use: dated, scoped, revocable; and the records it belongs to.
#include "evidence/consent.hpp"

#include "evidence/record.hpp"
#include "tests/evidence/ledger_case.hpp"
#include "tests/support/catch.hpp"

using namespace vereda;
using namespace vereda::evidence;

namespace {

geo::Date day(const char* text) {
    return geo::parse_date(text, geo::DateOrder::iso_only).value();
}

Consent given(std::uint64_t entry, std::set<Use> scope, const char* from, const char* by = "assembly") {
    return {entry, false, false, std::move(scope), day(from), std::nullopt, by};
}

Consent taken_back(std::uint64_t entry, std::set<Use> scope, const char* on) {
    return {entry, false, true, std::move(scope), day(on), std::nullopt, ""};
}

std::string lacking(const std::vector<Consent>& consents, Use use, const char* today) {
    const auto why = consent_lacking(consents, use, day(today));
    return why ? std::string(why->id.text()) : std::string("in force");
}

OpenEntry entry(std::uint64_t sequence, std::initializer_list<std::pair<const char*, std::string>> pairs) {
    OpenEntry result;
    result.sequence = sequence;
    result.time = "2026-11-22T10:00:00Z";
    result.leaf.fill(static_cast<std::uint8_t>(sequence + 1));
    result.fields = tests::fields(pairs);
    return result;
}

}  // namespace

TEST_CASE("a consent covers its own uses and the council's own, and no other") {
    const std::vector<Consent> consents{given(1, {Use::court}, "2026-01-01")};
    CHECK(lacking(consents, Use::court, "2026-06-01") == "in force");
    CHECK(lacking(consents, Use::internal, "2026-06-01") == "in force");
    CHECK(lacking(consents, Use::publication, "2026-06-01") == "ledger.consent_none");
    CHECK(lacking({}, Use::internal, "2026-06-01") == "ledger.consent_none");
}

TEST_CASE("a consent holds from its first day to its last, both included") {
    Consent consent = given(1, {Use::donor}, "2026-03-01");
    consent.until = day("2026-03-31");
    CHECK(lacking({consent}, Use::donor, "2026-02-28") == "ledger.consent_not_yet");
    CHECK(lacking({consent}, Use::donor, "2026-03-01") == "in force");
    CHECK(lacking({consent}, Use::donor, "2026-03-31") == "in force");
    CHECK(lacking({consent}, Use::donor, "2026-04-01") == "ledger.consent_expired");
}

TEST_CASE("a revocation ends what stood before it, of its own uses only, and a later consent stands again") {
    const Consent both = given(1, {Use::court, Use::publication}, "2026-01-01");
    CHECK(lacking({both, taken_back(2, {Use::publication}, "2026-02-01")}, Use::publication, "2026-06-01") ==
          "ledger.consent_revoked");
    CHECK(lacking({both, taken_back(2, {Use::publication}, "2026-02-01")}, Use::court, "2026-06-01") == "in force");
    CHECK(lacking({both, taken_back(2, {}, "2026-02-01")}, Use::court, "2026-06-01") == "ledger.consent_revoked");
    const Consent again = given(3, {Use::publication}, "2026-03-01");
    CHECK(lacking({both, taken_back(2, {}, "2026-02-01"), again}, Use::publication, "2026-06-01") == "in force");
}

TEST_CASE("a consent merged in after a revocation does not outlive it") {
    Consent merged = given(7, {Use::publication}, "2026-01-01");
    merged.merged = true;
    CHECK(lacking({taken_back(5, {}, "2026-02-01"), merged}, Use::publication, "2026-06-01") ==
          "ledger.consent_revoked");
    merged.from = day("2026-02-02");
    CHECK(lacking({taken_back(5, {}, "2026-02-01"), merged}, Use::publication, "2026-06-01") == "in force");
}

TEST_CASE("a delay holds back what was consented to, until its day, from everybody but the council itself") {
    Consent delayed = given(1, {Use::court, Use::publication}, "2026-01-01");
    delayed.not_before = day("2027-03-01");
    CHECK(lacking({delayed}, Use::court, "2027-02-28") == "ledger.consent_delayed");
    CHECK(lacking({delayed}, Use::publication, "2027-02-28") == "ledger.consent_delayed");
    CHECK(lacking({delayed}, Use::internal, "2026-02-01") == "in force");
    CHECK(lacking({delayed}, Use::court, "2027-03-01") == "in force");
    CHECK(lacking({delayed}, Use::donor, "2027-03-01") == "ledger.consent_none");
    // Told later, it delays what an earlier consent had opened; a later consent alone does not lift it.
    const Consent open = given(0, {Use::court}, "2025-12-01");
    CHECK(lacking({open, delayed}, Use::court, "2026-02-01") == "ledger.consent_delayed");
    CHECK(lacking({open, delayed, given(2, {Use::court}, "2026-01-02")}, Use::court, "2026-02-01") ==
          "ledger.consent_delayed");
    // Taken back and given anew, it is gone.
    CHECK(lacking({delayed, taken_back(2, {}, "2026-01-05"), given(3, {Use::court}, "2026-01-05")}, Use::court,
                  "2026-02-01") == "in force");
    delayed.until = day("2026-12-31");
    CHECK(lacking({delayed}, Use::court, "2027-03-01") == "ledger.consent_expired");
}

TEST_CASE("only the assembly can let the place be named") {
    CHECK(lacking({given(1, {Use::publication, Use::place}, "2026-01-01", "council")}, Use::place, "2026-06-01") ==
          "ledger.consent_place");
    CHECK(lacking({given(1, {Use::publication, Use::place}, "2026-01-01")}, Use::place, "2026-06-01") == "in force");
}

TEST_CASE("uses are named in both languages, and a wrong word is no use") {
    CHECK(uses_named("tribunal, público;donor") == std::set<Use>{Use::court, Use::publication, Use::donor});
    CHECK(codes_of(*uses_named("LUGAR publico nombre")) == "public,place,name");
    CHECK_FALSE(uses_named("court, everybody"));
    CHECK(uses_named("")->empty());
}

TEST_CASE("a record shows its corrections, and a photo is under the consent of its event") {
    const std::vector<OpenEntry> entries{
        entry(0, {{"type", "event"}, {"area_ha", "24"}, {"note", "ayer"}}),
        entry(1, {{"type", "photo"}, {"about", hex(Digest(entry(0, {}).leaf))}}),
        entry(2, {{"type", "correction"},
                  {"corrects", hex(Digest(entry(0, {}).leaf))},
                  {"area_ha", "25"},
                  {"consent_scope", "public"},
                  {"correction_note", "tally"}}),
        entry(3, {{"type", "consent"}, {"about", hex(Digest(entry(0, {}).leaf))}, {"consent_scope", "court"}}),
    };
    const std::vector<Record> records = records_of(entries);
    REQUIRE(records.size() == 2);
    CHECK(records[0].value("area_ha") == "25");
    CHECK(records[0].value("note") == "ayer");
    CHECK(records[0].corrected_by == std::vector<std::uint64_t>{2});
    REQUIRE(records[0].consents.size() == 1);  // a correction gives none
    CHECK(records[0].consents[0].scope == std::set<Use>{Use::court});
    CHECK(records[0].consents[0].from == day("2026-11-22"));  // not dated: the day it was recorded
    REQUIRE(records[1].consents.size() == 1);
    CHECK(records[1].about == 0U);
}

TEST_CASE("what a redaction took out does not come back by a correction") {
    OpenEntry event = entry(0, {{"type", "event"}, {"note", "x"}, {"owner", "Rosa"}});
    event.fields[2].reset();
    event.redacted_by = 2;
    const std::vector<OpenEntry> entries{
        event, entry(1, {{"type", "correction"}, {"corrects", "0"}, {"owner", "Rosa Angulo"}, {"note", "y"}})};
    const std::vector<Record> records = records_of(entries);
    REQUIRE(records.size() == 1);
    CHECK(records[0].value("owner").empty());
    CHECK(records[0].value("note") == "y");
}
