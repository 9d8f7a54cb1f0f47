/// The segments of a JPEG (ITU-T T.81) that its picture needs.
#pragma once

#include <string>
#include <string_view>

namespace vereda::evidence {

/// As evidence/photo promises of a JPEG. Throws geo::Error(input, "ledger.photo_unreadable").
[[nodiscard]] std::string bare_jpeg(std::string_view jpeg);

}  // namespace vereda::evidence
