/// A regular file open for reading. Directories, FIFOs, sockets, devices and symlink loops are refused at once, so no
/// reader ever hangs on one.
#pragma once

#include <cstdint>
#include <string>

namespace vereda::geo::io {

class InputFile {
  public:
    /// Throws Error(input) "file.missing", "file.directory", "file.not_regular" or "file.symlink_loop", and
    /// Error(resource) "file.not_readable"; the locus names the path.
    explicit InputFile(std::string path);
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Up to `count` bytes; 0 at the end only. Throws Error(resource, "file.not_readable").
    std::size_t read(char* to, std::size_t count);

  private:
    std::string path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// Throws as InputFile does and reads nothing.
void require_regular_file(const std::string& path);
/// Whether anything at all has this name.
[[nodiscard]] bool exists(const std::string& path);

}  // namespace vereda::geo::io
