/// The files of a ledger in a folder that fits a USB stick, and the one way in which they change.
///
///   entries.log   one line per entry
///   sealed.dat    encrypted fields, end to end
///   objects/      encrypted photos and documents, named by their hash
///   head.txt      the signed head
///   keys/         council keys, encrypted under their passphrases
///   pending       only while an addition is under way or after one was interrupted
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/transaction.hpp"
#include "evidence/verification.hpp"

namespace vereda::evidence::io {

/// All bytes of a ledger as they stand; bytes() refers to it.
struct LedgerContent {
    std::string entries;
    std::string sealed;
    std::string head;
    std::map<std::string, SealedBytes> objects;
    std::optional<std::string> pending;

    [[nodiscard]] LedgerBytes bytes() const { return {entries, sealed, head, objects, pending}; }
};

class LedgerFolder {
  public:
    /// Throws geo::Error(input, "ledger.not_a_ledger") where entries.log or head.txt is missing, and no interrupted
    /// addition holds them.
    explicit LedgerFolder(std::string path);
    /// A new, empty one, locked. What an interrupted creation left there goes. Throws geo::Error(usage,
    /// "ledger.exists") where anything else stands there already.
    [[nodiscard]] static LedgerFolder create(const std::string& path);
    LedgerFolder(LedgerFolder&& other) noexcept;
    LedgerFolder& operator=(LedgerFolder&&) = delete;
    ~LedgerFolder();

    [[nodiscard]] const std::string& path() const { return path_; }
    /// As it stood at one moment, though another program may be writing: read again while an addition came in between.
    /// Hashes objects on all cores. Throws geo::Error(resource, "ledger.busy") where additions never pause.
    [[nodiscard]] LedgerContent content(geo::Parallelism parallelism) const;
    /// Of an interrupted addition where there is a whole one.
    [[nodiscard]] std::string head() const;
    /// entries.log as it stands.
    [[nodiscard]] std::string entries() const;
    [[nodiscard]] std::uint64_t size_of(const char* file) const;

    /// Keeps other writers out; then finishes or drops an interrupted addition. Throws geo::Error(resource,
    /// "ledger.locked").
    void lock();
    /// Writes the transaction down, then carries it out; every step is synced to the medium before the next. Killed at
    /// any point, the ledger afterwards holds all of it or none, once lock() has been called again; readers see the
    /// same before that. On Error(resource) nothing was added. Requires lock().
    void apply(const Transaction& transaction);
    /// Encrypted bytes become an object, whole or not at all.
    void write_object(const std::string& name, std::string_view bytes);
    [[nodiscard]] std::string read_object(const std::string& name) const;

    [[nodiscard]] std::map<std::string, std::string> key_files() const;  ///< names without ending, and texts
    void remove_key(const std::string& name);
    void write_key(const std::string& name, std::string_view text);

  private:
    struct Created {};
    LedgerFolder(Created, std::string path) : path_(std::move(path)) {}
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
    [[nodiscard]] std::optional<std::string> text_of(const char* name) const;
    [[nodiscard]] LedgerContent content_now(geo::Parallelism parallelism) const;
    void carry_out(const Transaction& transaction);
    void extend(const Transaction& transaction);
    void undo(const Transaction& transaction, const std::string& head_before);
    [[nodiscard]] bool never_begun() const;
    void empty(const Transaction& transaction);
    void recover();

    std::string path_;
    int lock_ = -1;
};

}  // namespace vereda::evidence::io
