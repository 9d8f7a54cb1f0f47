/// A page on paper, as Chromium prints it without the page's scripts: whole.
#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

/// Whether chromium and pdftotext are here; warns where they are not.
[[nodiscard]] bool can_print(const TemporaryFolder& folder);

/// The sides of paper as texts; with `boxes`, as XHTML that tells where each word stands (in points from the top left).
/// `page` is a whole path. The network and every gesture of a first start are off.
[[nodiscard]] std::vector<std::string> printed_pages(const std::string& page, const TemporaryFolder& folder,
                                                     bool boxes = false);

}  // namespace vereda::tests
