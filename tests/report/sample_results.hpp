/// A run's results made by hand: 28 regions, six years, two crops, every state and verdict, things unknown and unseen.
#pragma once

#include <string>
#include <vector>

#include "report/catalogue.hpp"
#include "report/results.hpp"

namespace vereda::tests {

[[nodiscard]] report::RunResults sample_results();

/// The installed catalogues with a few texts of the sample's own ("sample.…").
[[nodiscard]] report::Catalogue sample_catalogue(const std::string& language);
[[nodiscard]] std::vector<report::Catalogue> sample_catalogues();

/// Texts that would act where they are shown: markup, quotes, controls, direction marks, formulas, 10,000 characters.
[[nodiscard]] std::string hostile_text();

/// The sample with that text wherever a text of the inputs can stand.
[[nodiscard]] report::RunResults hostile_results();

/// The whole of a file of the source tree.
[[nodiscard]] std::string source_file(const std::string& path);

}  // namespace vereda::tests
