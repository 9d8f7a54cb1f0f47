/// The words of one language: message ids to sentences with {named} arguments (share/vereda/lang/*.json). Words that
/// depend on a number stand as {count|row|rows}: the first form where `count` is written "1", the second otherwise.
///
/// Text comes out as the catalogue has it and as the arguments are; escaping for HTML, XML or a terminal is the
/// caller's (safe_text.hpp).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/message.hpp"

namespace vereda::report {

class Catalogue {
  public:
    /// `json` is one flat object of strings. Throws Error(internal, "catalogue.unreadable") naming the language and the
    /// key for anything else.
    [[nodiscard]] static Catalogue parse(std::string_view json, std::string language);

    /// "en", "es".
    [[nodiscard]] const std::string& language() const { return language_; }

    /// Throws Error(internal, "catalogue.key_missing") naming the key. A placeholder without an argument stays as it is
    /// written; an argument without a placeholder is ignored.
    [[nodiscard]] std::string text(geo::MessageId id, const geo::MessageArguments& arguments = {}) const;
    /// Empty for a message without an id.
    [[nodiscard]] std::string text(const geo::Message& message) const {
        return message.id.text().empty() ? std::string() : text(message.id, message.arguments);
    }
    /// For ids that hold a value of the data, such as "welfare.<indicator>": nullopt where the catalogue has none.
    [[nodiscard]] std::optional<std::string> find(std::string_view key,
                                                  const geo::MessageArguments& arguments = {}) const;
    /// find(), or Error(internal, "catalogue.key_missing").
    [[nodiscard]] std::string at(std::string_view key, const geo::MessageArguments& arguments = {}) const;

    /// Sorted.
    [[nodiscard]] std::vector<std::string> keys() const;

  private:
    Catalogue(std::string language, std::map<std::string, std::string, std::less<>> texts)
        : language_(std::move(language)), texts_(std::move(texts)) {}
    std::string language_;
    std::map<std::string, std::string, std::less<>> texts_;
};

/// The names of the {placeholders} in a text, sorted, each once; of {count|row|rows}, `count`.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view text);

/// "1 March 2017", "1 de marzo de 2017".
[[nodiscard]] std::string long_date(geo::Date date, const Catalogue& words);
/// `FILE [layer, feature, line 12, field]`; empty for an empty locus.
[[nodiscard]] std::string place_text(const geo::Locus& locus, const Catalogue& words);

}  // namespace vereda::report
