#include "app/output_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

constexpr unsigned long long least_free_bytes = 1ULL << 20;

Locus at(const std::string& path) {
    return {path, {}, {}, 0, {}};
}

Error refused(const std::string& path, int number) {
    return {ErrorKind::resource, {"output.not_written"_msg, {{"reason", std::strerror(number)}}}, at(path)};
}

fs::path parent_of(const fs::path& target) {
    const fs::path parent = target.parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

/// Without a trailing slash, so that the last part is its name.
std::string normal(const std::string& target) {
    fs::path path = fs::path(target).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();
    return path.string();
}

void require_writable_place(const fs::path& parent, const std::string& target) {
    struct stat status {};
    if (::stat(parent.c_str(), &status) != 0) throw refused(target, errno);
    if (!S_ISDIR(status.st_mode)) throw refused(target, ENOTDIR);
    if (::access(parent.c_str(), W_OK | X_OK) != 0) throw refused(target, errno);
    struct statvfs space {};
    if (::statvfs(parent.c_str(), &space) != 0) return;
    if (static_cast<unsigned long long>(space.f_bavail) * space.f_frsize < least_free_bytes)
        throw refused(target, ENOSPC);
}

bool holds_our_run(const fs::path& folder) {
    try {
        const auto json = nlohmann::json::parse(io::read_file((folder / "run.json").string()), nullptr, false);
        return json.is_object() && json.contains("vereda") && json.contains("inputs");
    } catch (const Error&) {
        return false;
    }
}

void require_replaceable(const std::string& target, bool overwrite) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(target, error);
    if (status.type() == fs::file_type::not_found) return;
    if (status.type() != fs::file_type::directory)
        throw Error(ErrorKind::usage, {"output.not_a_folder"_msg, {}}, at(target));
    if (fs::is_empty(target, error) && !error) return;
    if (!overwrite) throw Error(ErrorKind::usage, {"output.exists"_msg, {}}, at(target));
    if (!holds_our_run(target)) throw Error(ErrorKind::usage, {"output.not_ours"_msg, {}}, at(target));
}

bool runs(pid_t process) {
    return ::kill(process, 0) == 0 || errno != ESRCH;
}

/// What is ".tmp-<process>-NAME" or ".tmp-<process>-NAME.old" of a process that runs no more. An old folder whose place
/// is empty goes back to it: the swap was cut between its two renames.
void clean_up_after_killed_runs(const fs::path& parent, const std::string& target) {
    const std::string name = fs::path(target).filename().string();
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, error)) {
        const std::string found = entry.path().filename().string();
        const bool old = found.ends_with("-" + name + ".old");
        if (!found.starts_with(".tmp-") || (!old && !found.ends_with("-" + name))) continue;
        pid_t process = 0;
        const char* begin = found.data() + 5;
        const auto [end, status] = std::from_chars(begin, found.data() + found.size(), process);
        if (status != std::errc() || *end != '-' || process <= 0 || runs(process)) continue;
        std::error_code ignored;
        if (old && !fs::exists(target, ignored)) {
            fs::rename(entry.path(), target, ignored);
        } else {
            fs::remove_all(entry.path(), ignored);
        }
    }
}

void sync(const fs::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) throw refused(path.string(), errno);
    const int status = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    if (status != 0 && number != EINVAL) throw refused(path.string(), number);
}

void sync_all(const fs::path& folder) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        sync(entry.path(), entry.is_directory() ? O_RDONLY | O_DIRECTORY : O_RDONLY);
    }
    sync(folder, O_RDONLY | O_DIRECTORY);
}

/// Puts `built` in the place of `target`; what stood there is under the returned name afterwards, or nothing is.
fs::path swap_in(const std::string& built, const std::string& target) {
    std::error_code error;
    if (!fs::exists(target, error)) {
        if (::rename(built.c_str(), target.c_str()) != 0) throw refused(target, errno);
        return {};
    }
    if (::renameat2(AT_FDCWD, built.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return built;
    const std::string aside = built + ".old";
    if (::rename(target.c_str(), aside.c_str()) != 0) throw refused(target, errno);
    if (::rename(built.c_str(), target.c_str()) != 0) {
        const int number = errno;
        ::rename(aside.c_str(), target.c_str());
        throw refused(target, number);
    }
    return aside;
}

std::string holder_of(int descriptor) {
    char text[32] = {};
    const ssize_t count = ::pread(descriptor, text, sizeof(text) - 1, 0);
    return count > 0 ? std::string(text, static_cast<std::size_t>(count)) : std::string("?");
}

}  // namespace

OutputLock::OutputLock(const std::string& target) {
    const fs::path whole(target);
    path_ = (parent_of(whole) / ("." + whole.filename().string() + ".lock")).string();
    while (true) {
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (descriptor_ < 0) throw refused(target, errno);
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
            const std::string holder = holder_of(descriptor_);
            ::close(descriptor_);
            throw Error(ErrorKind::resource, {"output.locked"_msg, {{"process", holder}}}, at(target));
        }
        // The file may have been unlinked by its last holder between open and flock: only the one that is there counts.
        struct stat mine {};
        struct stat there {};
        if (::fstat(descriptor_, &mine) == 0 && ::stat(path_.c_str(), &there) == 0 && mine.st_ino == there.st_ino)
            break;
        ::close(descriptor_);
    }
    const std::string process = std::to_string(::getpid());
    if (::ftruncate(descriptor_, 0) != 0 || ::pwrite(descriptor_, process.data(), process.size(), 0) < 0) {
        const int number = errno;
        ::unlink(path_.c_str());
        ::close(descriptor_);
        throw refused(target, number);
    }
}

OutputLock::~OutputLock() {
    ::unlink(path_.c_str());
    ::close(descriptor_);
}

OutputFolder::OutputFolder(const std::string& target, bool overwrite) : target_(normal(target)) {
    const fs::path parent = parent_of(target_);
    require_writable_place(parent, target_);
    lock_ = std::make_unique<OutputLock>(target_);
    clean_up_after_killed_runs(parent, target_);
    require_replaceable(target_, overwrite);
    const std::string name = ".tmp-" + std::to_string(::getpid()) + "-" + fs::path(target_).filename().string();
    temporary_ = std::make_unique<TemporaryPath>((parent / name).string());
    std::error_code error;
    fs::remove_all(temporary_->path(), error);
    if (::mkdir(temporary_->path().c_str(), 0755) != 0) throw refused(target_, errno);
}

void OutputFolder::commit() {
    sync_all(temporary_->path());
    const fs::path old = swap_in(temporary_->path(), target_);
    temporary_->release();
    sync(parent_of(target_), O_RDONLY | O_DIRECTORY);
    std::error_code error;
    if (!old.empty()) fs::remove_all(old, error);
}

void require_writable_file(const std::string& target, bool overwrite) {
    const fs::path path(target);
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (status.type() == fs::file_type::directory)
        throw Error(ErrorKind::usage, {"output.is_a_folder"_msg, {}}, at(target));
    if (status.type() != fs::file_type::not_found && !overwrite)
        throw Error(ErrorKind::usage, {"output.exists"_msg, {}}, at(target));
    require_writable_place(parent_of(path), target);
}

}  // namespace vereda::app
