#include "app/messages.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "geo/error.hpp"
#include "report/safe_text.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t longest_argument = 300;

std::string harmless(std::string_view text) {
    return report::shortened(report::safe_text(text), longest_argument);
}

}  // namespace

std::string_view code_of(Language language) {
    return language == Language::spanish ? "es" : "en";
}

std::optional<Language> language_coded(std::string_view code) {
    if (code == "en") return Language::english;
    if (code == "es") return Language::spanish;
    return std::nullopt;
}

Language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("es") ? Language::spanish : Language::english;
    }
    return Language::english;
}

report::Catalogue load_catalogue(const std::filesystem::path& share, Language language) {
    const std::filesystem::path path = share / "lang" / (std::string(code_of(language)) + ".json");
    std::ifstream file(path, std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Error(ErrorKind::resource, {"share.missing"_msg, {{"path", path.string()}}});
    return report::Catalogue::parse(json, std::string(code_of(language)));
}

const report::Catalogue& Messages::catalogue() const {
    if (!catalogue_) throw Error(ErrorKind::internal, {"share.missing"_msg, {{"path", "lang"}}});
    return *catalogue_;
}

std::string Messages::text(const Message& message) const {
    MessageArguments arguments;
    for (const auto& [name, value] : message.arguments)
        arguments.emplace_back(name, harmless(value));
    if (catalogue_) {
        if (auto text = catalogue_->find(message.id.text(), arguments)) return *std::move(text);
    }
    std::string plain(message.id.text());
    for (const auto& [name, value] : arguments)
        plain += " " + name + "=" + value;
    return plain;
}

std::string Messages::line(MessageId word, const Locus& locus, const Message& message) const {
    const Locus safe{harmless(locus.file), harmless(locus.layer), harmless(locus.feature), locus.line,
                     harmless(locus.field)};
    std::string place = catalogue_ ? report::place_text(safe, *catalogue_) : safe.file;
    if (!place.empty()) place += ": ";
    return "vereda: " + text(word) + ": " + place + text(message);
}

std::string Messages::error_line(const Locus& locus, const Message& message) const {
    return line("word.error"_msg, locus, message);
}

std::string Messages::diagnostic_line(const Diagnostic& diagnostic) const {
    switch (diagnostic.severity) {
        case Severity::note:
            return line("word.note"_msg, diagnostic.locus, diagnostic.message);
        case Severity::warning:
            return line("word.warning"_msg, diagnostic.locus, diagnostic.message);
        case Severity::problem:
            break;
    }
    return line("word.problem"_msg, diagnostic.locus, diagnostic.message);
}

}  // namespace vereda::app
