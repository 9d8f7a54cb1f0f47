#include "geo/io/atomic_file.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/io/input_file.hpp"

namespace vereda::geo::io {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = ".tmp-";

Error not_written(const std::string& target, int number) {
    Locus locus;
    locus.file = target;
    return Error(ErrorKind::resource, {"file.not_written"_msg, {{"reason", std::strerror(number)}}}, locus);
}

/// Paths of the files that are being built, in any thread.
struct Unfinished {
    std::mutex mutex;
    std::set<std::string> paths;
};

Unfinished& unfinished() {
    static Unfinished instance;
    return instance;
}

std::string folder_of(const std::string& target) {
    const fs::path parent = fs::path(target).parent_path();
    return parent.empty() ? std::string(".") : parent.string();
}

/// ".tmp-<process>-<name>" of a process that runs no more.
bool is_leftover(const std::string& entry, const std::string& name) {
    if (!entry.starts_with(prefix) || !entry.ends_with("-" + name)) return false;
    const char* begin = entry.data() + prefix.size();
    const char* end = entry.data() + entry.size() - name.size() - 1;
    pid_t process = 0;
    const auto [stop, status] = std::from_chars(begin, end, process);
    return status == std::errc() && stop == end && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

void remove_leftovers(const std::string& target) {
    const std::string name = fs::path(target).filename().string();
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_of(target), ignored)) {
        if (is_leftover(entry.path().filename().string(), name)) fs::remove_all(entry.path(), ignored);
    }
}

void sync(const std::string& path, int flags, const std::string& target) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) throw not_written(target, errno);
    const int status = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    if (status != 0 && !(number == EINVAL && (flags & O_DIRECTORY) != 0)) throw not_written(target, number);
}

/// A file open for writing; every failure names the target.
class Descriptor {
  public:
    Descriptor(const std::string& path, const std::string& target)
        : target_(target), number_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
        if (number_ < 0) throw not_written(target_, errno);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::write(number_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw not_written(target_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void close() {
        if (::close(std::exchange(number_, -1)) != 0) throw not_written(target_, errno);
    }

  private:
    const std::string& target_;
    int number_;
};

}  // namespace

AtomicFile::AtomicFile(std::string target) : target_(std::move(target)) {
    const fs::path path(target_);
    struct stat status {};
    if (::stat(target_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) throw not_written(target_, EINVAL);
    const std::string folder = folder_of(target_);
    if (::stat(folder.c_str(), &status) != 0) throw not_written(target_, errno);
    if (!S_ISDIR(status.st_mode)) throw not_written(target_, ENOTDIR);
    remove_leftovers(target_);
    const std::string name = std::string(prefix) + std::to_string(::getpid()) + "-" + path.filename().string();
    temporary_ = (path.parent_path() / name).string();
    std::error_code ignored;
    fs::remove_all(temporary_, ignored);
    const std::scoped_lock lock(unfinished().mutex);
    unfinished().paths.insert(temporary_);
}

AtomicFile::~AtomicFile() {
    if (!committed_) {
        std::error_code ignored;
        fs::remove_all(temporary_, ignored);
    }
    const std::scoped_lock lock(unfinished().mutex);
    unfinished().paths.erase(temporary_);
}

void AtomicFile::commit() {
    sync(temporary_, O_RDONLY, target_);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) throw not_written(target_, errno);
    committed_ = true;
    sync(folder_of(target_), O_RDONLY | O_DIRECTORY, target_);
}

void remove_unfinished_files() {
    const std::scoped_lock lock(unfinished().mutex);
    for (const std::string& path : unfinished().paths) {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
}

void write_file(const std::string& target, std::string_view bytes) {
    AtomicFile file(target);
    Descriptor out(file.path(), target);
    out.write(bytes);
    out.close();
    file.commit();
}

WrittenBytes write_file(const std::string& target,
                        const std::function<void(const std::function<void(std::string_view)>&)>& fill) {
    AtomicFile file(target);
    Descriptor out(file.path(), target);
    WrittenBytes written;
    Sha256 hash;
    fill([&](std::string_view piece) {
        out.write(piece);
        hash.add(piece);
        written.count += piece.size();
    });
    out.close();
    file.commit();
    written.sha256 = hash.hexadecimal();
    return written;
}

std::string read_file(const std::string& path, std::size_t at_most) {
    InputFile file(path);
    if (file.size() > at_most) {
        Locus locus;
        locus.file = path;
        throw Error(
            ErrorKind::input,
            {"file.too_large"_msg, {{"bytes", std::to_string(file.size())}, {"limit", std::to_string(at_most)}}},
            locus);
    }
    std::string bytes;
    bytes.reserve(file.size());
    std::string block(std::size_t{1} << 16, '\0');
    while (const std::size_t count = file.read(block.data(), block.size())) {
        bytes.append(block.data(), count);
        if (bytes.size() > at_most) break;
    }
    return bytes;
}

}  // namespace vereda::geo::io
