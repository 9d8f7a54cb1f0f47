/// The words for what the library says, in the language the user reads; and the shape of an error line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "geo/diagnostic.hpp"
#include "geo/message.hpp"
#include "report/catalogue.hpp"

namespace vereda::app {

enum class Language { english, spanish };

/// "en", "es".
[[nodiscard]] std::string_view code_of(Language language);
[[nodiscard]] std::optional<Language> language_coded(std::string_view code);
/// From LC_ALL, LC_MESSAGES, LANG: the first that is not empty decides; Spanish where it starts with "es", else
/// English.
[[nodiscard]] Language language_of_environment();

/// Reads `share/lang/<code>.json`. Throws Error(resource, "share.missing") where it cannot be read.
[[nodiscard]] report::Catalogue load_catalogue(const std::filesystem::path& share, Language language);

/// Sentences for a terminal: one line each; whatever came from outside is made harmless and shortened.
class Messages {
  public:
    Messages(report::Catalogue catalogue, Language language) : catalogue_(std::move(catalogue)), language_(language) {}
    /// Without a catalogue ids and arguments stand for themselves: for failures that happen before one is found.
    explicit Messages(Language language) : language_(language) {}

    [[nodiscard]] Language language() const { return language_; }
    /// Throws Error(internal) where these messages have no catalogue.
    [[nodiscard]] const report::Catalogue& catalogue() const;

    [[nodiscard]] std::string text(const geo::Message& message) const;
    [[nodiscard]] std::string text(geo::MessageId id) const { return text(geo::Message{id, {}}); }
    /// `vereda: error: FILE [layer, feature or line, field]: what; what to do`, without the line end.
    [[nodiscard]] std::string error_line(const geo::Locus& locus, const geo::Message& message) const;
    /// The same with the severity's word instead of "error".
    [[nodiscard]] std::string diagnostic_line(const geo::Diagnostic& diagnostic) const;

  private:
    [[nodiscard]] std::string line(geo::MessageId word, const geo::Locus& locus, const geo::Message& message) const;

    std::optional<report::Catalogue> catalogue_;
    Language language_;
};

}  // namespace vereda::app
