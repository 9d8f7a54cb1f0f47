/// What every `vereda ledger …` command needs: the passphrase, the clock, the ledger opened.
#pragma once

#include <string>

#include "app/arguments.hpp"
#include "app/parameter.hpp"
#include "app/session.hpp"
#include "evidence/io/ledger.hpp"
#include "geo/date.hpp"

namespace vereda::app {

/// Characters that are wiped from memory when no longer needed.
class Passphrase {
  public:
    explicit Passphrase(std::string text) : text_(std::move(text)) {}
    Passphrase(Passphrase&& other) noexcept : text_(std::move(other.text_)) {}
    Passphrase& operator=(Passphrase&&) = delete;
    ~Passphrase();
    [[nodiscard]] std::string_view text() const { return text_; }

  private:
    std::string text_;
};

/// The first line of --passphrase-file, else what is typed on the terminal without being shown; `twice` asks again and
/// compares. Throws Error(usage): "ledger.passphrase_missing" without terminal and file, "ledger.passphrase_short"
/// under eight characters (only where `twice`), "ledger.passphrases_differ".
[[nodiscard]] Passphrase read_passphrase(const Arguments& arguments, const Session& session, bool twice,
                                         const char* option = "passphrase-file");

/// The device's clock, YYYY-MM-DDTHH:MM:SSZ.
[[nodiscard]] std::string device_time();

[[nodiscard]] evidence::io::Ledger opened_ledger(const Arguments& arguments, const Session& session);

/// Today by the device's clock.
[[nodiscard]] geo::Date device_day();

/// How entries name one another, whatever number a merge gives them: the leaf hash where the entry was first written.
/// Throws Error(usage, "ledger.no_such_entry").
[[nodiscard]] std::string entry_name(const evidence::io::Ledger& ledger, long long entry);

/// DIR and --passphrase-file.
[[nodiscard]] std::vector<Parameter> ledger_parameters(bool unlocks, std::vector<Parameter> own = {});

}  // namespace vereda::app
