/// A ledger opened by someone who holds a council key: what may be written, and what the entries say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/council_key.hpp"
#include "evidence/history.hpp"
#include "evidence/io/ledger_folder.hpp"
#include "evidence/open_entry.hpp"
#include "evidence/sealing.hpp"

namespace vereda::evidence::io {

using evidence::OpenEntry;

/// What happens to the records of a device whose key has been revoked here.
enum class RevokedKeys { refuse, accept };

struct Merged {
    std::uint64_t entries = 0;  ///< taken over from the other ledger
    bool replaced = false;      ///< the other ledger held all of this one: this one was brought up to it
};

class Ledger {
  public:
    /// A new ledger with one council key. `about` are its first fields (the council's name, its terms), encrypted like
    /// all others. `time` is the device's clock, YYYY-MM-DDTHH:MM:SSZ.
    static void create(const std::string& path, const Fields& about, std::string_view passphrase,
                       const std::string& time, const PassphraseCost& cost = {});

    /// Unlocks the key file that the passphrase opens; keeps other writers out; finishes an interrupted addition.
    /// Throws geo::Error(integrity): "ledger.wrong_passphrase", "ledger.key_not_in_force" for a key that was revoked,
    /// or whose addition was interrupted.
    Ledger(const std::string& path, std::string_view passphrase);

    [[nodiscard]] const Head& head() const { return head_; }
    [[nodiscard]] const LedgerFolder& folder() const { return folder_; }
    [[nodiscard]] const CouncilKey& key() const { return key_; }

    /// Gives the entry's number. `objects` are plain bytes; they are encrypted before they touch the medium.
    std::uint64_t add(const Fields& fields, const std::vector<std::string>& objects, const std::string& time);
    /// Several records at once: all of them are added or none. Gives the first one's number.
    std::uint64_t add_all(const std::vector<Fields>& records, const std::string& time);
    /// Empties the named fields of an entry for good and keeps the others; `all` removes every field and object.
    /// `about` says why and by whose decision. Throws geo::Error(usage, "ledger.no_such_entry"),
    /// "ledger.no_such_field".
    std::uint64_t redact(std::uint64_t sequence, const std::vector<std::string>& names, bool all, const Fields& about,
                         const std::string& time);
    /// A further council key, under its own passphrase; gives its name.
    PublicKey add_key(std::string_view passphrase, const std::string& time, const PassphraseCost& cost = {});
    /// Its file is deleted from this folder, also where an earlier revocation was interrupted before that. Throws
    /// geo::Error(usage, "ledger.no_such_key"), geo::Error(usage, "ledger.last_key").
    void revoke_key(const PublicKey& key, const std::string& time);
    /// This key's signature is added to the head that another council key signed.
    void cosign();
    /// Takes over what another ledger of the same origin recorded apart. Both stay verifiable. Throws
    /// geo::Error(integrity, "ledger.merge_faulty") where the other one does not verify, geo::Error(usage,
    /// "ledger.merge_unrelated") where it does not begin with the same entry, geo::Error(integrity,
    /// "ledger.merge_revoked") where a key signed it that is not in force here unless `revoked` accepts that,
    /// geo::Error( usage, "ledger.own_key_revoked") where the other one has revoked the key that would sign.
    Merged merge(const std::string& other, const std::string& time, RevokedKeys revoked = RevokedKeys::refuse);

    [[nodiscard]] std::vector<OpenEntry> entries() const;
    [[nodiscard]] std::string object(const SealedBytes& object) const;

  private:
    Ledger(LedgerFolder folder, CouncilKey key, Head head);
    [[nodiscard]] Entry next(EntryKind kind, const std::string& time) const;
    /// Appends lines and sealed bytes under a new head.
    struct Addition {
        std::vector<std::string> lines;
        std::string sealed;
        std::vector<Emptied> emptied;
        std::vector<std::string> removed;
    };
    void append(const Addition& addition, const std::string& time);
    Merged bring_up_to(const LedgerFolder& other, const LedgerContent& theirs, const Head& their_head,
                       const LedgerContent& ours);
    void redact_late(const std::string& time);
    void take_keys(const LedgerFolder& other, const std::map<PublicKey, bool>& keys);
    std::string sealed_part(const Fields& fields, std::optional<SealedBytes>& written) const;

    LedgerFolder folder_;
    CouncilKey key_;
    Head head_;
};

}  // namespace vereda::evidence::io
