#include "geo/diagnostic.hpp"

#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Severity;
using geo::operator""_msg;

TEST_CASE("the same message about the same place stands once, another place or severity stands beside it") {
    geo::Diagnostics diagnostics;
    const geo::Message message{"geometry.null"_msg, {}};
    diagnostics.add({Severity::warning, message, {.file = "a.csv", .line = 2}});
    diagnostics.add({Severity::warning, message, {.file = "a.csv", .line = 3}});
    diagnostics.add({Severity::warning, message, {.file = "a.csv", .line = 2}});
    diagnostics.add({Severity::note, message, {.file = "a.csv", .line = 2}});
    CHECK(diagnostics.sorted().size() == 3);
    CHECK(diagnostics.count(Severity::warning) == 2);
    CHECK(diagnostics.count(Severity::note) == 1);
}
