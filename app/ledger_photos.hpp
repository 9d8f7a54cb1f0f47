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

/// A photo loses its marks (evidence/photo); a document stays as it is and is warned of ("ledger.document_as_it_is").
/// Throws Error(input, "ledger.photo_unreadable") for a broken photo, "ledger.photo_format" for one of a format whose
/// marks cannot be taken out, naming the file.
[[nodiscard]] SealedPhoto sealed_photo(const std::string& path, geo::Diagnostics& diagnostics);

}  // namespace vereda::app
