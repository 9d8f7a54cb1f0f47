#include "app/formats/toml_reader.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/formats/toml_bounds.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

namespace {

using geo::Error;
using geo::ErrorKind;
using geo::operator""_msg;

long line_of(const toml::source_region& region) {
    return static_cast<long>(region.begin.line);
}

/// toml++'s description is English prose about the grammar; it travels as an argument.
[[noreturn]] void throw_syntax(const toml::parse_error& error, geo::Locus place) {
    place.line = line_of(error.source());
    throw Error(ErrorKind::input, {"toml.syntax"_msg, {{"reason", std::string(error.description()).substr(0, 200)}}},
                std::move(place));
}

[[noreturn]] void throw_assignment(std::string_view assignment) {
    throw Error(ErrorKind::usage, {"toml.assignment"_msg, {{"assignment", std::string(assignment)}}});
}

/// The table among [[name]] that `selector` means: its number from 1, or its kind.
toml::table* selected(toml::array& tables, std::string_view selector) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
        toml::table* table = tables[i].as_table();
        if (table == nullptr) continue;
        if (std::to_string(i + 1) == selector || (*table)["kind"].value<std::string_view>() == selector) return table;
    }
    return nullptr;
}

/// Steps from `table` into the table called `step`, made where it is not there.
toml::table* child(toml::table& table, std::string_view step) {
    const auto [found, made] = table.insert(std::string(step), toml::table{});
    return found->second.as_table();
}

}  // namespace

struct TomlDocument::State {
    toml::table table;
};

/// One table of the document, and what has been asked of it. Child tables are made once, so that a key asked for
/// through any copy counts.
struct TomlTable::State {
    std::shared_ptr<const void> document;  ///< keeps `table` alive
    const toml::table* table = nullptr;
    geo::Locus place;  ///< file, line of the header, dotted name
    std::set<std::string, std::less<>> asked;
    std::map<const toml::table*, std::shared_ptr<State>> children;

    const toml::node* ask(std::string_view key) {
        asked.emplace(key);
        return table->get(key);
    }
    std::string dotted(std::string_view key) const {
        return place.field.empty() ? std::string(key) : place.field + "." + std::string(key);
    }
    geo::Locus place_of(std::string_view key) const {
        geo::Locus result = place;
        result.field = dotted(key);
        if (const auto found = table->find(key); found != table->end())
            result.line = std::max(line_of(found->first.source()), 0L);
        return result;
    }
    Error wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) const {
        geo::Locus where = place_of(key);
        if (node.source().begin.line > 0) where.line = line_of(node.source());
        return Error(ErrorKind::usage, {"toml.wrong_type"_msg, {{"wanted", std::string(wanted)}}}, std::move(where));
    }
    Error missing(std::string_view key) const {
        return Error(ErrorKind::usage, {"toml.key_missing"_msg, {{"key", dotted(key)}}}, place);
    }

    // One node as a value; `wanted` is the word of TOML's own vocabulary.
    std::string text_of(std::string_view key, const toml::node& node) const {
        if (const auto* text = node.as_string()) return text->get();
        throw wrong_type(key, node, "string");
    }
    double number_of(std::string_view key, const toml::node& node) const {
        if (const auto* integer = node.as_integer()) return static_cast<double>(integer->get());
        const auto* number = node.as_floating_point();
        if (number == nullptr) throw wrong_type(key, node, "number");
        if (!std::isfinite(number->get())) throw Error(ErrorKind::usage, {"toml.not_finite"_msg, {}}, place_of(key));
        return number->get();
    }
    long long integer_of(std::string_view key, const toml::node& node) const {
        if (const auto* integer = node.as_integer()) return integer->get();
        throw wrong_type(key, node, "integer");
    }

    template <class Value, class Read>
    std::optional<Value> one(std::string_view key, Read read) {
        const toml::node* node = ask(key);
        if (node == nullptr) return std::nullopt;
        return read(*node);
    }
    template <class Value, class Read>
    std::vector<Value> several(std::string_view key, Read read) {
        std::vector<Value> values;
        const toml::node* node = ask(key);
        if (node == nullptr) return values;
        if (const toml::array* array = node->as_array()) {
            for (const toml::node& element : *array)
                values.push_back(read(element));
        } else {
            values.push_back(read(*node));
        }
        return values;
    }

    static std::shared_ptr<State> child(State& parent, std::string_view key, const toml::table& table) {
        std::shared_ptr<State>& state = parent.children[&table];
        if (!state) {
            state = std::make_shared<State>();
            state->document = parent.document;
            state->table = &table;
            state->place = parent.place_of(key);
            if (table.source().begin.line > 0) state->place.line = line_of(table.source());
        }
        return state;
    }
};

bool TomlTable::has(std::string_view key) const {
    return state_->table->contains(key);
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::pair<std::pair<long, long>, std::string>> placed;
    for (const auto& [key, node] : *state_->table) {
        state_->asked.emplace(key.str());
        const auto& begin = key.source().begin;
        placed.push_back({{static_cast<long>(begin.line), static_cast<long>(begin.column)}, std::string(key.str())});
    }
    std::ranges::sort(placed);
    std::vector<std::string> names;
    for (auto& [place, name] : placed)
        names.push_back(std::move(name));
    return names;
}

std::optional<std::string> TomlTable::text(std::string_view key) const {
    return state_->one<std::string>(key, [&](const toml::node& node) { return state_->text_of(key, node); });
}

std::optional<double> TomlTable::number(std::string_view key) const {
    return state_->one<double>(key, [&](const toml::node& node) { return state_->number_of(key, node); });
}

std::optional<long long> TomlTable::integer(std::string_view key) const {
    return state_->one<long long>(key, [&](const toml::node& node) { return state_->integer_of(key, node); });
}

std::optional<bool> TomlTable::boolean(std::string_view key) const {
    return state_->one<bool>(key, [&](const toml::node& node) {
        if (const auto* boolean = node.as_boolean()) return boolean->get();
        throw state_->wrong_type(key, node, "boolean");
    });
}

std::optional<geo::Date> TomlTable::date(std::string_view key) const {
    return state_->one<geo::Date>(key, [&](const toml::node& node) {
        const auto* written = node.as_date();
        if (written == nullptr) throw state_->wrong_type(key, node, "date");
        const toml::date day = written->get();
        return geo::Date(std::chrono::year(day.year) / std::chrono::month(day.month) / std::chrono::day(day.day));
    });
}

std::optional<TomlTable> TomlTable::table(std::string_view key) const {
    const toml::node* node = state_->ask(key);
    if (node == nullptr) return std::nullopt;
    const toml::table* table = node->as_table();
    if (table == nullptr) throw state_->wrong_type(key, *node, "table");
    return TomlTable(State::child(*state_, key, *table));
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
    return state_->several<std::string>(key, [&](const toml::node& node) { return state_->text_of(key, node); });
}

std::vector<long long> TomlTable::integers(std::string_view key) const {
    return state_->several<long long>(key, [&](const toml::node& node) { return state_->integer_of(key, node); });
}

std::vector<double> TomlTable::numbers(std::string_view key) const {
    return state_->several<double>(key, [&](const toml::node& node) { return state_->number_of(key, node); });
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
    return state_->several<TomlTable>(key, [&](const toml::node& node) {
        const toml::table* table = node.as_table();
        if (table == nullptr) throw state_->wrong_type(key, node, "table");
        return TomlTable(State::child(*state_, key, *table));
    });
}

std::string TomlTable::required_text(std::string_view key) const {
    if (auto value = text(key)) return *std::move(value);
    throw state_->missing(key);
}

double TomlTable::required_number(std::string_view key) const {
    if (const auto value = number(key)) return *value;
    throw state_->missing(key);
}

long long TomlTable::required_integer(std::string_view key) const {
    if (const auto value = integer(key)) return *value;
    throw state_->missing(key);
}

TomlTable TomlTable::required_table(std::string_view key) const {
    if (auto value = table(key)) return *std::move(value);
    throw state_->missing(key);
}

geo::Locus TomlTable::place(std::string_view key) const {
    return state_->place_of(key);
}

geo::Locus TomlTable::place() const {
    return state_->place;
}

std::vector<geo::Error> TomlTable::unknown_keys() const {
    std::vector<Error> unknown;
    const std::vector<std::string> valid(state_->asked.begin(), state_->asked.end());
    for (const auto& [key, node] : *state_->table) {
        if (state_->asked.contains(key.str())) continue;
        const std::string name(key.str());
        geo::Locus where = state_->place_of(name);
        if (const auto nearest = geo::nearest_name(name, valid)) {
            unknown.emplace_back(ErrorKind::usage,
                                 geo::Message{"toml.unknown_key_nearest"_msg, {{"key", name}, {"nearest", *nearest}}},
                                 std::move(where));
        } else {
            unknown.emplace_back(ErrorKind::usage, geo::Message{"toml.unknown_key"_msg, {{"key", name}}},
                                 std::move(where));
        }
    }
    for (const auto& [table, child] : state_->children) {
        const std::vector<Error> below = TomlTable(child).unknown_keys();
        unknown.insert(unknown.end(), below.begin(), below.end());
    }
    std::ranges::sort(unknown, [](const Error& a, const Error& b) {
        return std::tie(a.locus().line, a.locus().field) < std::tie(b.locus().line, b.locus().field);
    });
    return unknown;
}

void TomlTable::finish() const {
    const std::vector<Error> unknown = unknown_keys();
    if (!unknown.empty()) throw unknown.front();
}

TomlDocument TomlDocument::parse(std::string_view text, const geo::Locus& source) {
    check_toml_bounds(text, source);
    auto document = std::make_shared<State>();
    try {
        document->table = toml::parse(text, std::string_view(source.file));
    } catch (const toml::parse_error& error) {
        throw_syntax(error, source);
    }
    auto root = std::make_shared<TomlTable::State>();
    root->document = document;
    root->table = &document->table;
    root->place = source;
    return TomlDocument(std::move(document), TomlTable(std::move(root)));
}

void TomlDocument::assign(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos || equals == 0) throw_assignment(assignment);
    std::string_view path = assignment.substr(0, equals);
    const std::string value(assignment.substr(equals + 1));
    toml::table* table = &state_->table;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        const std::string_view step = path.substr(0, dot);
        path.remove_prefix(dot + 1);
        toml::node* node = table->get(step);
        if (node != nullptr && node->is_array()) {
            const std::size_t next = std::min(path.find('.'), path.size());
            table = selected(*node->as_array(), path.substr(0, next));
            path.remove_prefix(std::min(next + 1, path.size()));
        } else {
            table = child(*table, step);
        }
        if (table == nullptr) throw_assignment(assignment);
    }
    if (path.empty()) throw_assignment(assignment);
    toml::table parsed;
    try {
        parsed = toml::parse("value = " + value);
    } catch (const toml::parse_error&) {
        parsed.insert_or_assign("value", value);
    }
    table->insert_or_assign(std::string(path), *parsed.get("value"));
}

}  // namespace vereda::app
