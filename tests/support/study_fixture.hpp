/// A minimal valid study in a folder of its own: four regions, twelve plots in two years, a forest-loss raster,
/// registers.
///
/// Everything is written as text (GeoJSON in degrees, an ASCII grid, CSV), so that a test can spoil one file and see
/// what the program says.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/temporary_folder.hpp"

namespace vereda::tests {

class StudyFixture {
  public:
    /// Regions R1 … R4 are squares of 0.02° in two rows around 73°W 4°N; 2016 has plots P1 … P5 and 2017 P1 … P7 of
    /// 0.001° (about 1.2 ha), one of which (P7) lies across the border of R1 and R2; R1 has 12 families and R2 eleven.
    StudyFixture();

    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
    /// The study file.
    [[nodiscard]] std::string study() const { return folder_ / "study.toml"; }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
    /// Replaces a file, study.toml included.
    void write(const std::string& name, std::string_view text) const { folder_.write(name, text); }
    /// Replaces the first occurrence of `from` in a file; throws where there is none.
    void replace(const std::string& name, std::string_view from, std::string_view to) const;

  private:
    TemporaryFolder folder_;
};

}  // namespace vereda::tests
