/// A folder of a test's own, removed with everything in it when the test ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vereda::tests {

class TemporaryFolder {
  public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Path of a name inside it.
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    /// Writes a file inside it, subfolders made as needed, and gives its path.
    std::string write(const std::string& name, std::string_view bytes) const;

  private:
    std::filesystem::path path_;
};

/// Whole file as bytes; empty where it cannot be read.
[[nodiscard]] std::string bytes_of(const std::filesystem::path& path);

}  // namespace vereda::tests
