#include "geo/io/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "geo/error.hpp"

namespace vereda::geo::io {

namespace {

Locus in_file(const std::string& path) {
    Locus locus;
    locus.file = path;
    return locus;
}

Error refused(MessageId id, const std::string& path) {
    return Error(ErrorKind::input, {id, {}}, in_file(path));
}

Error failed(const std::string& path, int number) {
    if (number == ENOENT || number == ENOTDIR) return refused("file.missing"_msg, path);
    if (number == ELOOP) return refused("file.symlink_loop"_msg, path);
    return Error(ErrorKind::resource, {"file.not_readable"_msg, {{"reason", std::strerror(number)}}}, in_file(path));
}

struct stat status_of(const std::string& path) {
    struct stat status {};
    if (path.find('\0') != std::string::npos) throw refused("file.missing"_msg, path);
    if (::stat(path.c_str(), &status) != 0) throw failed(path, errno);
    return status;
}

void require_regular(const std::string& path, const struct stat& status) {
    if (S_ISDIR(status.st_mode)) throw refused("file.directory"_msg, path);
    if (!S_ISREG(status.st_mode)) throw refused("file.not_regular"_msg, path);
}

}  // namespace

InputFile::InputFile(std::string path) : path_(std::move(path)) {
    require_regular(path_, status_of(path_));
    // O_NONBLOCK: between the look and the opening a FIFO may have taken the file's place.
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor_ < 0) throw failed(path_, errno);
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor_);
        throw refused("file.not_regular"_msg, path_);
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile() {
    ::close(descriptor_);
}

std::size_t InputFile::read(char* to, std::size_t count) {
    while (true) {
        const ssize_t got = ::read(descriptor_, to, count);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) throw failed(path_, errno);
    }
}

void require_regular_file(const std::string& path) {
    require_regular(path, status_of(path));
}

bool exists(const std::string& path) {
    struct stat status {};
    return path.find('\0') == std::string::npos && ::lstat(path.c_str(), &status) == 0;
}

}  // namespace vereda::geo::io
