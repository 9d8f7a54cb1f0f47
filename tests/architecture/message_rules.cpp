#include "tests/architecture/message_rules.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

namespace vereda::tests {
namespace {

bool is_product_source(std::string_view path) {
    return is_cpp(path) && first_folder(path) != "tests" && first_folder(path) != "bench";
}

void check_pair(const std::string& key, const std::string& english, const std::string& spanish,
                std::vector<std::string>& broken) {
    if (placeholders(english) != placeholders(spanish))
        broken.push_back(key + " has other placeholders in es than in en");
    for (const std::string* text : {&english, &spanish}) {
        if (text->empty()) broken.push_back(key + " has an empty text");
        if (text->find('\n') != std::string::npos) broken.push_back(key + " has more than one line");
    }
}

}  // namespace

CatalogueTexts parse_catalogue(const std::string& json) {
    std::set<std::string> seen;
    const auto refuse_twins = [&seen](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        if (depth == 1 && event == nlohmann::json::parse_event_t::key && !seen.insert(parsed.get<std::string>()).second)
            throw std::runtime_error("repeated key " + parsed.get<std::string>());
        return true;
    };
    return nlohmann::json::parse(json, refuse_twins).get<CatalogueTexts>();
}

std::map<std::string, std::string> message_ids(std::span<const SourceFile> files) {
    std::map<std::string, std::string> ids;
    for (const SourceFile& file : files)
        if (is_product_source(file.path))
            for (const Literal& literal : literals_of(file.text))
                if (literal.after.starts_with("_msg") && !literal.text.empty()) ids.emplace(literal.text, file.path);
    return ids;
}

std::set<std::string> string_literals(std::span<const SourceFile> files) {
    std::set<std::string> literals;
    for (const SourceFile& file : files)
        if (is_cpp(file.path) && !file.path.starts_with("tests/architecture/"))
            for (const Literal& literal : literals_of(file.text))
                literals.insert(literal.text);
    return literals;
}

std::set<std::string> placeholders(const std::string& text) {
    static const std::regex pattern("\\{([a-z_0-9]+)(\\|[^{}|]+\\|[^{}|]+)?\\}");
    std::set<std::string> names;
    for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator(); ++match)
        names.insert((*match)[1]);
    return names;
}

std::vector<std::string> broken_message_rules(const CatalogueCheck& check) {
    std::vector<std::string> broken;
    for (const auto& [id, path] : check.ids)
        if (!check.english.contains(id) && !check.spanish.contains(id))
            broken.push_back(id + " (" + path + ") has no words");
    for (const auto& [key, spanish] : check.spanish)
        if (!check.english.contains(key)) broken.push_back(key + " is in es.json alone");
    for (const auto& [key, english] : check.english) {
        const auto spanish = check.spanish.find(key);
        if (spanish == check.spanish.end()) {
            broken.push_back(key + " is in en.json alone");
            continue;
        }
        check_pair(key, english, spanish->second, broken);
        const bool dynamic = std::any_of(check.dynamic_prefixes.begin(), check.dynamic_prefixes.end(),
                                         [&key](const std::string& prefix) { return key.starts_with(prefix); });
        if (!dynamic && !check.literals.contains(key)) broken.push_back(key + " is used nowhere");
    }
    return broken;
}

}  // namespace vereda::tests
