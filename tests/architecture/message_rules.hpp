/// Rules on the two message catalogues and the ids that the sources use.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.hpp"

namespace vereda::tests {

using CatalogueTexts = std::map<std::string, std::string>;

/// Throws for anything but one flat object of strings; a repeated key is an error too.
[[nodiscard]] CatalogueTexts parse_catalogue(const std::string& json);

/// Every `"id"_msg` outside the tests, with the first place it stands at.
[[nodiscard]] std::map<std::string, std::string> message_ids(std::span<const SourceFile> files);
/// Every string literal of the sources, those of these rules left out.
[[nodiscard]] std::set<std::string> string_literals(std::span<const SourceFile> files);

/// `name` of each `{name}`.
[[nodiscard]] std::set<std::string> placeholders(const std::string& text);

struct CatalogueCheck {
    const CatalogueTexts& english;
    const CatalogueTexts& spanish;
    const std::map<std::string, std::string>& ids;
    const std::set<std::string>& literals;
    /// Keys that start with one of these are put together at run time.
    const std::vector<std::string>& dynamic_prefixes;
};

[[nodiscard]] std::vector<std::string> broken_message_rules(const CatalogueCheck& check);

}  // namespace vereda::tests
