#include "geo/io/zip_writer.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <cstddef>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/gdal_handle.hpp"

namespace vereda::geo::io {

namespace {

/// GDAL's archive; closed once, by close() or with the owner.
class Archive {
  public:
    explicit Archive(const std::string& path) : handle_(CPLCreateZip(path.c_str(), nullptr)) {}
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() { close(); }

    [[nodiscard]] bool is_open() const { return handle_ != nullptr; }
    [[nodiscard]] bool add(const std::string& name, const std::string& bytes) {
        if (CPLCreateFileInZip(handle_, name.c_str(), nullptr) != CE_None) return false;
        constexpr std::size_t piece = std::size_t{1} << 24;
        bool good = true;
        for (std::size_t at = 0; good && at < bytes.size(); at += piece) {
            const auto size = static_cast<int>(std::min(piece, bytes.size() - at));
            good = CPLWriteFileInZip(handle_, bytes.data() + at, size) == CE_None;
        }
        return CPLCloseFileInZip(handle_) == CE_None && good;
    }
    bool close() {
        if (handle_ == nullptr) return true;
        void* handle = handle_;
        handle_ = nullptr;
        return CPLCloseZip(handle) == CE_None;
    }

  private:
    void* handle_;
};

}  // namespace

void write_zip(const std::string& target, const std::vector<ZipEntry>& entries) {
    start_gdal();
    const GdalErrors errors;
    AtomicFile file(target);
    Archive archive(file.path());
    bool good = archive.is_open();
    for (const ZipEntry& entry : entries) {
        if (!good) break;
        good = archive.add(entry.name, entry.path.empty() ? entry.bytes : read_file(entry.path));
    }
    if (!archive.close() || !good || errors.failed()) {
        throw Error(ErrorKind::resource, {"file.not_written"_msg, {{"reason", errors.text()}}},
                    Locus{target, {}, {}, 0, {}});
    }
    file.commit();
}

}  // namespace vereda::geo::io
