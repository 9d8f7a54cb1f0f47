/// Outputs are whole or absent: written beside the target as `.tmp-…`, synced, compared, renamed, and the folder
/// synced.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace vereda::geo::io {

/// Where a file that will become `target` is built: same folder, same ending, name starting with `.tmp-`. Removes the
/// file when destroyed unless commit() succeeded; leftovers of killed runs are removed when the next one starts.
class AtomicFile {
  public:
    explicit AtomicFile(std::string target);
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();
    [[nodiscard]] const std::string& path() const { return temporary_; }
    /// fsync, rename, fsync of the folder. Throws Error(resource).
    void commit();

  private:
    std::string target_;
    std::string temporary_;
    bool committed_ = false;
};

/// Removes what all files not yet committed hold so far: for a process that ends without their destructors. From any
/// thread; the writers may still be at work.
void remove_unfinished_files();

/// Writes bytes to the target whole or not at all; every error of write, sync and close is Error(resource) with the
/// path.
void write_file(const std::string& target, std::string_view bytes);
struct WrittenBytes {
    std::size_t count = 0;
    std::string sha256;  ///< of what was handed over, lower-case hexadecimal
};
/// The same of bytes that come piece by piece: `fill` hands each to the function it is given.
WrittenBytes write_file(const std::string& target,
                        const std::function<void(const std::function<void(std::string_view)>&)>& fill);
/// Whole file as bytes; directories, FIFOs and devices are refused at once. Throws Error(input) or Error(resource).
[[nodiscard]] std::string read_file(const std::string& path, std::size_t at_most = std::size_t{1} << 30);

}  // namespace vereda::geo::io
