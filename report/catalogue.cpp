#include "report/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/error.hpp"
#include "report/month_name.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

[[noreturn]] void unreadable(const std::string& language, const std::string& reason) {
    throw geo::Error(geo::ErrorKind::internal,
                     {"catalogue.unreadable"_msg, {{"language", language}, {"reason", reason}}});
}

/// Calls word(text) and placeholder(name) for the pieces of `text` in order.
template <class Word, class Placeholder>
void for_each_piece(std::string_view text, Word word, Placeholder placeholder) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) {
            word(text);
            return;
        }
        word(text.substr(0, open));
        placeholder(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

/// "count" of "count" and of "count|row|rows".
std::string_view argument_of(std::string_view placeholder) {
    return placeholder.substr(0, placeholder.find('|'));
}

/// Of "row|rows" the first where the number is one.
std::string_view form_for(std::string_view number, std::string_view forms) {
    const std::size_t bar = forms.find('|');
    if (number == "1" || bar == std::string_view::npos) return forms.substr(0, bar);
    return forms.substr(bar + 1);
}

std::string filled(std::string_view text, const geo::MessageArguments& arguments) {
    std::string result;
    for_each_piece(
        text, [&](std::string_view word) { result += word; },
        [&](std::string_view name) {
            const std::string_view wanted = argument_of(name);
            const auto given =
                std::ranges::find(arguments, wanted, [](const auto& a) { return std::string_view(a.first); });
            if (given == arguments.end()) {
                result.append("{").append(name).append("}");
            } else if (wanted.size() == name.size()) {
                result += given->second;
            } else {
                result += form_for(given->second, name.substr(wanted.size() + 1));
            }
        });
    return result;
}

}  // namespace

Catalogue Catalogue::parse(std::string_view json, std::string language) {
    std::set<std::string> seen;
    const auto refuse_duplicates = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        if (event == nlohmann::json::parse_event_t::key && depth == 1) {
            if (const auto key = value.get<std::string>(); !seen.insert(key).second) unreadable(language, key);
        }
        return true;
    };
    nlohmann::json root;
    try {
        root = nlohmann::json::parse(json, refuse_duplicates);
    } catch (const nlohmann::json::exception& error) {
        unreadable(language, error.what());
    }
    if (!root.is_object()) unreadable(language, "{}");
    std::map<std::string, std::string, std::less<>> texts;
    for (const auto& [key, value] : root.items()) {
        if (!value.is_string()) unreadable(language, key);
        texts.emplace(key, value.get<std::string>());
    }
    return {std::move(language), std::move(texts)};
}

std::optional<std::string> Catalogue::find(std::string_view key, const geo::MessageArguments& arguments) const {
    const auto found = texts_.find(key);
    if (found == texts_.end()) return std::nullopt;
    return filled(found->second, arguments);
}

std::string Catalogue::at(std::string_view key, const geo::MessageArguments& arguments) const {
    if (auto text = find(key, arguments)) return *std::move(text);
    throw geo::Error(geo::ErrorKind::internal,
                     {"catalogue.key_missing"_msg, {{"key", std::string(key)}, {"language", language_}}});
}

std::string Catalogue::text(geo::MessageId id, const geo::MessageArguments& arguments) const {
    return at(id.text(), arguments);
}

std::vector<std::string> Catalogue::keys() const {
    std::vector<std::string> result;
    for (const auto& [key, text] : texts_)
        result.push_back(key);
    return result;
}

std::vector<std::string> placeholders(std::string_view text) {
    std::set<std::string> names;
    for_each_piece(
        text, [](std::string_view) {}, [&](std::string_view name) { names.emplace(argument_of(name)); });
    return {names.begin(), names.end()};
}

std::string long_date(geo::Date date, const Catalogue& words) {
    const std::chrono::year_month_day ymd(date);
    return words.text("date.long"_msg, {{"day", std::to_string(static_cast<unsigned>(ymd.day()))},
                                        {"month", month_name(ymd.month(), words)},
                                        {"year", std::to_string(static_cast<int>(ymd.year()))}});
}

std::string place_text(const geo::Locus& locus, const Catalogue& words) {
    std::string inner;
    const auto add = [&](const std::string& part) { inner += (inner.empty() ? "" : ", ") + part; };
    if (!locus.layer.empty()) add(locus.layer);
    if (!locus.feature.empty()) add(locus.feature);
    if (locus.line > 0) add(words.text("place.line"_msg, {{"line", std::to_string(locus.line)}}));
    if (!locus.field.empty()) add(locus.field);
    if (inner.empty()) return locus.file;
    return locus.file.empty() ? "[" + inner + "]" : locus.file + " [" + inner + "]";
}

}  // namespace vereda::report
