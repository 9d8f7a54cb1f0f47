/// TOML that people write by hand, read strictly: every complaint names file, line and key; a key that nobody asked for
/// is an error with the nearest one that would have been understood.
///
/// A table remembers which keys it was asked for, so the keys that are read are the keys that are valid, declared once:
///
///     TomlDocument document = TomlDocument::parse(text, {.file = path});
///     TomlTable study = document.root().required_table("study");
///     auto name = study.required_text("name");
///     auto crs = study.text("crs");           // nullopt where the key is absent
///     study.finish();                         // throws for any other key
///
/// Errors: Error(input, "toml.syntax") for what is no TOML (duplicate keys, impossible dates and numbers out of range
/// included), Error(policy, "toml.too_large" or "toml.too_deep") for bombs, Error(usage, …) for a well-formed file that
/// says something else than it should.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/date.hpp"
#include "geo/error.hpp"

namespace vereda::app {

/// A view of one table; valid as long as its document. Copies share the memory of what was asked.
class TomlTable {
  public:
    [[nodiscard]] bool has(std::string_view key) const;
    /// Keys as written in the file, in the order of their lines: for tables whose keys are free (columns = { … }).
    [[nodiscard]] std::vector<std::string> keys() const;

    // nullopt where the key is absent; Error(usage, "toml.wrong_type") naming the type wanted for another type.
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
    /// Integers are taken as numbers too; "nan" and "inf" are refused ("toml.not_finite").
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] std::optional<long long> integer(std::string_view key) const;
    [[nodiscard]] std::optional<bool> boolean(std::string_view key) const;
    /// A TOML local date. A date with a time is refused.
    [[nodiscard]] std::optional<geo::Date> date(std::string_view key) const;
    [[nodiscard]] std::optional<TomlTable> table(std::string_view key) const;

    // Empty where the key is absent. One value stands for an array of one.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    [[nodiscard]] std::vector<long long> integers(std::string_view key) const;
    [[nodiscard]] std::vector<double> numbers(std::string_view key) const;
    /// [[key]], or [key] as an array of one.
    [[nodiscard]] std::vector<TomlTable> tables(std::string_view key) const;

    // Error(usage, "toml.key_missing") where the key is absent.
    [[nodiscard]] std::string required_text(std::string_view key) const;
    [[nodiscard]] double required_number(std::string_view key) const;
    [[nodiscard]] long long required_integer(std::string_view key) const;
    [[nodiscard]] TomlTable required_table(std::string_view key) const;

    /// File, line and dotted name ("plot.max_area_m2") of a key, or of this table's own header.
    [[nodiscard]] geo::Locus place(std::string_view key) const;
    [[nodiscard]] geo::Locus place() const;

    /// One Error(usage, "toml.unknown_key" or "toml.unknown_key_nearest") for each key of this table, and of the tables
    /// in it that were asked for, that nobody asked for; in the order of the lines.
    [[nodiscard]] std::vector<geo::Error> unknown_keys() const;
    /// Throws the first of unknown_keys().
    void finish() const;

  private:
    friend class TomlDocument;
    struct State;
    explicit TomlTable(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
};

class TomlDocument {
  public:
    static constexpr std::size_t largest_bytes = 1 << 20;
    static constexpr int deepest_nesting = 64;
    static constexpr std::size_t longest_key_bytes = 1024;

    /// `source` names the file in every later error.
    [[nodiscard]] static TomlDocument parse(std::string_view text, const geo::Locus& source);
    /// Sets one value after the reading, as if the file had held it: "plot.max_area_m2=2000", "sanction.2.months=6"
    /// (the second [[sanction]]), "zone.park.allowed=true" (the [[zone]] whose kind is park). A value that is no TOML
    /// is taken as text. Error(usage, "toml.assignment") for what is no such assignment.
    void assign(std::string_view assignment);
    [[nodiscard]] const TomlTable& root() const { return root_; }

  private:
    struct State;
    explicit TomlDocument(std::shared_ptr<State> state, TomlTable root)
        : state_(std::move(state)), root_(std::move(root)) {}
    std::shared_ptr<State> state_;
    TomlTable root_;
};

}  // namespace vereda::app
