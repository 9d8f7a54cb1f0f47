/// Photos without what a phone writes into them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vereda::evidence {

/// By their first bytes. Of `heif` (HEIC, AVIF) and `tiff` (TIFF, DNG and other raw files) the marks cannot be taken
/// out here.
enum class PhotoFormat { jpeg, png, webp, heif, tiff };
/// "JPEG", "PNG", "WebP", "HEIC", "TIFF".
[[nodiscard]] std::string_view name_of(PhotoFormat format);
/// nullopt for what is no photo.
[[nodiscard]] std::optional<PhotoFormat> photo_format(std::string_view bytes);
/// "image/jpeg", "image/png", "image/webp"; empty for the others, which browsers may not show.
[[nodiscard]] std::string_view media_type_of(PhotoFormat format);

/// The same picture without EXIF, XMP, IPTC, colour profiles, comments, maker notes, previews and whatever stands
/// behind its end: only what decoding needs stays. Of a JPEG (ITU-T T.81) that is the segments of its coding, JFIF's
/// first 14 bytes without their thumbnail, Adobe's colour mark, and, where the camera was turned, an EXIF segment that
/// holds the orientation alone; of a PNG (ISO/IEC 15948) IHDR, PLTE, tRNS, IDAT and IEND; of a WebP (RFC 9649) the
/// frames. Throws geo::Error(input, "ledger.photo_unreadable") for bytes that are no whole picture of that format, and
/// "ledger.photo_format" for a format whose marks cannot be taken out.
[[nodiscard]] std::string without_metadata(std::string_view photo);

}  // namespace vereda::evidence
