/// Ids that people read as the same although their bytes differ.
#pragma once

#include <string>
#include <string_view>

namespace vereda::regions {

/// Equal for ids that differ only by letter case, white space, accents or Unicode normalisation (NFC or NFD). Covers
/// ASCII and the Latin letters of Unicode's Latin-1 Supplement; every other character stands for itself.
[[nodiscard]] std::string look_alike_key(std::string_view utf8);

}  // namespace vereda::regions
