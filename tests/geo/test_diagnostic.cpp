#include "geo/diagnostic.hpp"

#include "tests/support/catch.hpp"

using namespace vereda;
using geo::Severity;
using geo::operator""_msg;

namespace {

geo::Locus at(long line) {
    geo::Locus locus;
    locus.file = "a.csv";
    locus.line = line;
    return locus;
}

}  // namespace

TEST_CASE("the same message about the same place stands once, another place or severity stands beside it") {
    geo::Diagnostics diagnostics;
    const geo::Message message{"geometry.null"_msg, {}};
    diagnostics.add({Severity::warning, message, at(2)});
    diagnostics.add({Severity::warning, message, at(3)});
    diagnostics.add({Severity::warning, message, at(2)});
    diagnostics.add({Severity::note, message, at(2)});
    CHECK(diagnostics.sorted().size() == 3);
    CHECK(diagnostics.count(Severity::warning) == 2);
    CHECK(diagnostics.count(Severity::note) == 1);
}
