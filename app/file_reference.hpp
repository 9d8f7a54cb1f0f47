/// What a path in a study file or on the command line may be: a plain file, or something that points elsewhere.
#pragma once

#include <filesystem>
#include <string>

namespace vereda::app {

/// `written` as a path to open. Plain paths become absolute from `folder`; they must name a regular file (after
/// symbolic links): Error(input, "file.missing") with the nearest name in that folder, "study.not_a_file" for folders,
/// FIFOs and devices. What starts with /vsi, has a scheme (`PG:…`) or is XML is a reference: Error(policy,
/// "reference.refused") unless `allow_references`, and Error(policy, "reference.network") whenever it would reach over
/// a network.
[[nodiscard]] std::string resolved_path(const std::string& written, const std::filesystem::path& folder,
                                        bool allow_references);

/// Whether the text names a raster by its ending, with or without a band: "cloud_2016.tif", "masks.tif:3".
[[nodiscard]] bool names_raster(const std::string& written);

/// Whether the text points elsewhere instead of naming a file.
[[nodiscard]] bool is_reference(const std::string& written);

}  // namespace vereda::app
