/// Photos and documents as they enter a ledger: without what the device wrote into them.
#pragma once

#include <string>

#include "evidence/sealing.hpp"
#include "geo/diagnostic.hpp"

namespace vereda::app {

struct SealedPhoto {
    evidence::Fields fields;  ///< type, date and place as the device told them, hashes before and after
    std::string bytes;        ///< to be sealed
};

/// A JPEG loses its marks; anything else stays as it is and is warned of ("ledger.document_as_it_is"). Throws
/// Error(input, "ledger.photo_unreadable") for a broken JPEG.
[[nodiscard]] SealedPhoto sealed_photo(const std::string& path, geo::Diagnostics& diagnostics);

}  // namespace vereda::app
