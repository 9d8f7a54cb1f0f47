#include "tests/evidence/honest_ledger.hpp"

#include <memory>
#include <random>

#include "geo/error.hpp"
#include "tests/evidence/ledger_case.hpp"

namespace vereda::tests {

namespace {

namespace fs = std::filesystem;
using evidence::io::Ledger;
using geo::operator""_msg;

struct Device {
    std::string path;
    std::string passphrase;
    std::unique_ptr<Ledger> ledger;

    void open() {
        ledger.reset();
        ledger = std::make_unique<Ledger>(path, passphrase);
    }
};

class Council {
  public:
    Council(const std::string& folder, std::uint32_t seed) : random_(seed) {
        const std::string first = folder + "/a";
        Ledger::create(first, fields({{"type", "genesis"}, {"council", word()}}), "frase 0", when, no_cost);
        devices_.push_back({first, "frase 0", nullptr});
        devices_[0].open();
        act(0);
        const std::size_t devices = 1 + below(3);
        for (const char* name : {"b", "c"}) {
            if (devices_.size() == devices) break;
            const std::string path = folder + "/" + name;
            fs::copy(first, path, fs::copy_options::recursive);
            devices_.push_back({path, devices_[0].passphrase, nullptr});
            devices_.back().open();
        }
    }

    void live(std::size_t acts) {
        for (std::size_t i = 0; i < acts; ++i) {
            const std::size_t device = below(devices_.size());
            if (devices_.size() > 1 && below(4) == 0) {
                merge(device, (device + 1 + below(devices_.size() - 1)) % devices_.size());
            } else {
                act(device);
            }
        }
    }

    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        for (const Device& device : devices_)
            paths.push_back(device.path);
        return paths;
    }

  private:
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string word() {
        std::string text;
        for (std::size_t i = 0; i < 1 + below(40); ++i)
            text += static_cast<char>('a' + below(26));
        return text;
    }

    void act(std::size_t index) {
        Ledger& ledger = *devices_[index].ledger;
        switch (below(index == 0 ? 9 : 7)) {
            case 0:
            case 1:
                ledger.add(fields({{"type", "event"}, {"date", "2026-01-05"}, {"note", word()}}), {}, when);
                return;
            case 2:
                static_cast<void>(ledger.add_all({fields({{"note", word()}}), fields({{"note", word()}})}, when));
                return;
            case 3:
            case 4:
                ledger.add(fields({{"type", "photo"}, {"note", word()}}), {std::string(1 + below(500), 'x'), word()},
                           when);
                return;
            case 5:
            case 6:
                return redact(ledger);
            case 7:
                static_cast<void>(ledger.add_key("frase " + std::to_string(++keys_), when, no_cost));
                return cosign(index);
            default:
                return rotate(index);
        }
    }

    void redact(Ledger& ledger) {
        const auto entries = ledger.entries();
        const auto& entry = entries[below(entries.size())];
        if (entry.redacts || entry.repeated) return;
        std::vector<std::string> names;
        for (const auto& field : entry.fields)
            if (field) names.push_back(field->name);
        if (names.empty()) return;
        const bool all = below(3) == 0;
        ledger.redact(entry.sequence, {names[below(names.size())]}, all, fields({{"type", "redaction"}}), when);
    }

    /// Another key signs beside the one that wrote last.
    void cosign(std::size_t index) {
        Device& device = devices_[index];
        device.ledger.reset();
        Ledger(device.path, "frase " + std::to_string(keys_)).cosign();
        device.open();
    }

    void rotate(std::size_t index) {
        Device& device = devices_[index];
        const std::string next = "frase " + std::to_string(++keys_);
        static_cast<void>(device.ledger->add_key(next, when, no_cost));
        const evidence::PublicKey old = device.ledger->key().name();
        device.passphrase = next;
        device.open();
        device.ledger->revoke_key(old, when);
    }

    void merge(std::size_t into, std::size_t from) {
        Device* learns = &devices_[into];
        Device* teaches = &devices_[from];
        try {
            static_cast<void>(learns->ledger->merge(teaches->path, when));
        } catch (const geo::Error& error) {
            const bool rotated_there = error.message().id == "ledger.own_key_revoked"_msg;
            if (!rotated_there && error.message().id != "ledger.merge_revoked"_msg) throw;
            // The one with the key in force takes over what the other recorded, then the other is brought up to it.
            if (!rotated_there) std::swap(learns, teaches);
            static_cast<void>(teaches->ledger->merge(learns->path, when, evidence::io::RevokedKeys::accept));
            static_cast<void>(learns->ledger->merge(teaches->path, when));
        }
        const std::string key = evidence::hex(learns->ledger->key().name()).substr(0, 16);
        if (learns->ledger->folder().key_files().contains(key)) return;
        learns->passphrase = teaches->passphrase;
        learns->open();
    }

    std::mt19937 random_;
    std::vector<Device> devices_;
    int keys_ = 0;
};

}  // namespace

std::vector<std::string> write_honest_ledgers(const std::string& folder, std::uint32_t seed) {
    Council council(folder, seed);
    council.live(3 + seed % 12);
    return council.paths();
}

}  // namespace vereda::tests
