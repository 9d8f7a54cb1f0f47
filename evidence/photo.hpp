/// Photos without what a phone writes into them.
#pragma once

#include <string>
#include <string_view>

namespace vereda::evidence {

[[nodiscard]] bool is_jpeg(std::string_view bytes);

/// The same picture without EXIF, XMP, IPTC, comments, maker notes, previews and whatever stands behind its end: only
/// the segments that decoding needs stay (ITU-T T.81, with JFIF and Adobe's colour mark). Throws geo::Error(input,
/// "ledger.photo_unreadable") for bytes that are no whole JPEG.
[[nodiscard]] std::string without_metadata(std::string_view jpeg);

}  // namespace vereda::evidence
