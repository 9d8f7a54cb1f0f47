#include "evidence/io/ledger_folder.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"

namespace vereda::evidence::io {

using namespace geo;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_file = std::size_t{16} << 30;

/// Of a reader who meets an addition under way.
constexpr int most_tries = 200;
constexpr std::chrono::milliseconds pause{10};

Error busy(const std::string& path) {
    return {ErrorKind::resource, {"ledger.busy"_msg, {}}, Locus{path, {}, {}, 0, {}}};
}

[[noreturn]] void not_written(const std::string& path, int fault) {
    throw Error(ErrorKind::resource,
                {"ledger.not_written"_msg, {{"reason", std::error_code(fault, std::generic_category()).message()}}},
                Locus{path, {}, {}, 0, {}});
}

void require_sodium() {
    if (sodium_init() < 0) throw Error(ErrorKind::resource, {"ledger.no_random"_msg, {}});
}

/// An open file that is closed whatever happens.
class Descriptor {
  public:
    Descriptor(const std::string& path, int flags)
        : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) not_written(path, errno);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(descriptor_); }

    void write_at(std::uint64_t offset, std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) not_written(path_, errno);
            bytes = bytes.substr(static_cast<std::size_t>(count));
            offset += static_cast<std::uint64_t>(count);
        }
    }
    void cut_to(std::uint64_t size) const {
        if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) not_written(path_, errno);
    }
    void sync() const {
        if (::fsync(descriptor_) != 0) not_written(path_, errno);
    }

  private:
    std::string path_;
    int descriptor_;
};

void sync_folder(const std::string& path) {
    const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
    folder.sync();
}

void remove_file(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) not_written(path, errno);
}

/// The file holds `bytes` from `before` on and nothing behind, whatever it held there.
void write_from(const std::string& path, std::uint64_t before, std::string_view bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT);
    file.cut_to(before);
    file.write_at(before, bytes);
    file.sync();
}

/// The same of a whole file, whose old bytes are overwritten in their place.
void overwrite(const std::string& path, std::string_view bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT);
    file.write_at(0, bytes);
    file.cut_to(bytes.size());
    file.sync();
}

void fill_with_zeros(const std::string& path, const std::vector<Emptied>& parts) {
    if (parts.empty()) return;
    const Descriptor file(path, O_WRONLY);
    for (const Emptied& part : parts)
        file.write_at(part.offset, std::string(part.length, '\0'));
    file.sync();
}

}  // namespace

LedgerFolder::LedgerFolder(std::string path) : path_(std::move(path)) {
    require_sodium();
    std::error_code error;
    if (fs::is_regular_file(file("entries.log"), error) && fs::is_regular_file(file("head.txt"), error)) return;
    const auto pending = text_of("pending");
    if (!pending || !parse_transaction(*pending))
        throw Error(ErrorKind::input, {"ledger.not_a_ledger"_msg, {}}, Locus{path_, {}, {}, 0, {}});
}

/// What stands there is nothing but what an interrupted creation leaves: empty folders, key files that have never
/// sealed anything, an addition that was cut off.
bool LedgerFolder::never_begun() const {
    std::error_code error;
    for (fs::directory_iterator entry(path_, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name == "keys" || (name == "objects" && fs::is_empty(entry->path(), error))) continue;
        if (name != "pending" || parse_transaction(text_of("pending").value_or(""))) return false;
    }
    return !error && key_files().size() <= 1;
}

LedgerFolder LedgerFolder::create(const std::string& path) {
    require_sodium();
    LedgerFolder folder({}, path);
    std::error_code error;
    if (fs::exists(path, error) && !folder.never_begun())
        throw Error(ErrorKind::usage, {"ledger.exists"_msg, {}}, Locus{path, {}, {}, 0, {}});
    fs::create_directories(fs::path(path) / "objects", error);
    if (!error) fs::create_directories(fs::path(path) / "keys", error);
    if (error) not_written(path, error.value());
    folder.lock();
    for (const auto& [name, text] : folder.key_files())
        folder.remove_key(name);
    return folder;
}

LedgerFolder::LedgerFolder(LedgerFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

LedgerFolder::~LedgerFolder() {
    if (lock_ >= 0) ::close(lock_);
}

/// nullopt where the file does not exist, or went while it was read.
std::optional<std::string> LedgerFolder::text_of(const char* name) const {
    std::error_code error;
    if (!fs::exists(file(name), error)) return std::nullopt;
    try {
        return geo::io::read_file(file(name), largest_file);
    } catch (const Error&) {
        if (fs::exists(file(name), error)) throw;
        return std::nullopt;
    }
}

LedgerContent LedgerFolder::content(Parallelism parallelism) const {
    for (int i = 0; i < most_tries; ++i) {
        const auto pending = text_of("pending");
        const auto head = text_of("head.txt");
        LedgerContent content = content_now(parallelism);
        content.head = head.value_or("");
        content.pending = pending;
        // Whoever adds writes `pending` first and the head before `pending` goes.
        if (text_of("pending") == pending && text_of("head.txt") == head) return content;
        std::this_thread::sleep_for(pause);
    }
    throw busy(path_);
}

LedgerContent LedgerFolder::content_now(Parallelism parallelism) const {
    LedgerContent content;
    content.entries = text_of("entries.log").value_or("");
    content.sealed = text_of("sealed.dat").value_or("");
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(file("objects"), error), end; !error && entry != end; entry.increment(error)) {
        std::error_code fault;
        if (entry->is_regular_file(fault) && entry->path().extension() == ".sealed")
            names.push_back(entry->path().filename().string());
    }
    std::ranges::sort(names);
    std::vector<std::optional<SealedBytes>> sealed(names.size());
    parallel_for(names.size(), parallelism, [&](std::size_t i) {
        const std::string path = file("objects/" + names[i]);
        std::error_code gone;
        const auto size = fs::file_size(path, gone);
        if (!gone) sealed[i] = {size, digest_from_hex(geo::io::sha256_of_file(path)).value()};
    });
    for (std::size_t i = 0; i < names.size(); ++i)
        if (sealed[i]) content.objects.emplace(names[i], *sealed[i]);
    return content;
}

std::string LedgerFolder::head() const {
    for (int i = 0; i < most_tries; ++i) {
        const auto pending = text_of("pending");
        const auto transaction = pending ? parse_transaction(*pending) : std::nullopt;
        if (transaction) return transaction->head;
        const auto head = text_of("head.txt");
        if (text_of("pending") == pending && text_of("head.txt") == head) return head.value_or("");
        std::this_thread::sleep_for(pause);
    }
    throw busy(path_);
}

std::string LedgerFolder::entries() const {
    return text_of("entries.log").value_or("");
}

std::uint64_t LedgerFolder::size_of(const char* name) const {
    std::error_code error;
    const auto size = fs::file_size(file(name), error);
    return error ? 0 : size;
}

void LedgerFolder::lock() {
    if (lock_ >= 0) return;
    lock_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock_ < 0) not_written(path_, errno);
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
        throw Error(ErrorKind::resource, {"ledger.locked"_msg, {}}, Locus{path_, {}, {}, 0, {}});
    recover();
}

void LedgerFolder::recover() {
    std::error_code error;
    if (!fs::exists(file("pending"), error)) return;
    const auto transaction = parse_transaction(geo::io::read_file(file("pending"), largest_file));
    if (transaction) carry_out(*transaction);
    remove_file(file("pending"));
    sync_folder(path_);
}

void LedgerFolder::apply(const Transaction& transaction) {
    const std::string text = transaction_text(transaction);
    const std::string head_before = text_of("head.txt").value_or("");
    try {
        {
            const Descriptor pending(file("pending"), O_WRONLY | O_CREAT | O_TRUNC);
            pending.write_at(0, text);
            pending.sync();
        }
        sync_folder(path_);
        extend(transaction);
    } catch (const Error&) {
        undo(transaction, head_before);
        throw;
    }
    empty(transaction);
    // Not synced: should it come back after a power cut, it says what is there already.
    remove_file(file("pending"));
}

void LedgerFolder::carry_out(const Transaction& transaction) {
    extend(transaction);
    empty(transaction);
}

/// The head is overwritten in its place: as long as `pending` stands, it holds whatever is half written.
void LedgerFolder::extend(const Transaction& transaction) {
    std::error_code ignored;
    const bool begins = !fs::exists(file("head.txt"), ignored);
    write_from(file("sealed.dat"), transaction.sealed_before, transaction.sealed);
    write_from(file("entries.log"), transaction.entries_before, transaction.lines);
    overwrite(file("head.txt"), transaction.head);
    if (begins) sync_folder(path_);
}

/// A medium that is full takes back what was written. Where even that fails, where the head has begun to change or the
/// whole ledger is being replaced, the next lock() finishes the addition.
void LedgerFolder::undo(const Transaction& transaction, const std::string& head_before) {
    const bool replaces = transaction.entries_before == 0;
    try {
        if (!replaces && text_of("head.txt") == head_before) {
            for (const auto& [name, before] : {std::pair{"sealed.dat", transaction.sealed_before},
                                               std::pair{"entries.log", transaction.entries_before}}) {
                const Descriptor grown(file(name), O_WRONLY);
                grown.cut_to(before);
                grown.sync();
            }
            remove_file(file("pending"));
        }
    } catch (const Error&) {
        return;
    }
}

void LedgerFolder::empty(const Transaction& transaction) {
    fill_with_zeros(file("sealed.dat"), transaction.emptied);
    for (const std::string& name : transaction.removed)
        remove_file(file("objects/" + name));
    if (!transaction.removed.empty()) sync_folder(file("objects"));
}

void LedgerFolder::write_object(const std::string& name, std::string_view bytes) {
    geo::io::write_file(file("objects/" + name), bytes);
}

std::string LedgerFolder::read_object(const std::string& name) const {
    return geo::io::read_file(file("objects/" + name), largest_file);
}

std::map<std::string, std::string> LedgerFolder::key_files() const {
    std::map<std::string, std::string> files;
    std::error_code error;
    for (fs::directory_iterator entry(file("keys"), error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        // What a killed program leaves of a file begins with a dot.
        if (entry->path().extension() == ".key" && !name.starts_with('.'))
            files.emplace(entry->path().stem().string(), geo::io::read_file(entry->path().string()));
    }
    return files;
}

void LedgerFolder::remove_key(const std::string& name) {
    remove_file(file("keys/" + name + ".key"));
}

void LedgerFolder::write_key(const std::string& name, std::string_view text) {
    geo::io::write_file(file("keys/" + name + ".key"), text);
}

}  // namespace vereda::evidence::io
