#include "app/cli.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "app/shared_parameters.hpp"
#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// The words of one (sub)command as CLI11 sorts them; kept alive while CLI11 parses.
struct Slot {
    const Parameter* parameter = nullptr;
    CLI::Option* option = nullptr;
};

std::string cli11_name(const Parameter& parameter) {
    if (parameter.positional) return parameter.name;
    return (parameter.letter.empty() ? "" : "-" + parameter.letter + ",") + "--" + parameter.name;
}

std::vector<Slot> declare(CLI::App& app, const std::vector<Parameter>& parameters) {
    std::vector<Slot> slots;
    app.set_help_flag("");
    app.allow_extras();
    for (const Parameter& parameter : parameters) {
        CLI::Option* option = nullptr;
        if (parameter.type == ParameterType::flag) {
            option = app.add_flag(cli11_name(parameter));
        } else {
            option = app.add_option(cli11_name(parameter));
            option->type_size(1)->expected(1)->allow_extra_args(false);
            option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        }
        slots.push_back({&parameter, option});
    }
    return slots;
}

[[noreturn]] void refuse_extra(const std::string& word, const std::vector<Parameter>& parameters) {
    if (!word.starts_with("-") || word == "-") {
        throw Error(ErrorKind::usage, {"cli.unexpected_argument"_msg, {{"value", word}}});
    }
    std::vector<std::string> valid;
    for (const Parameter& parameter : parameters) {
        if (!parameter.positional) valid.push_back("--" + parameter.name);
    }
    const std::string name = word.substr(0, word.find('='));
    if (const auto nearest = geo::nearest_name(name, valid)) {
        throw Error(ErrorKind::usage, {"cli.unknown_option_nearest"_msg, {{"option", name}, {"nearest", *nearest}}});
    }
    throw Error(ErrorKind::usage, {"cli.unknown_option"_msg, {{"option", name}}});
}

[[noreturn]] void refuse_command(const std::string& word, std::span<const Command> commands) {
    std::vector<std::string> valid;
    for (const Command& command : commands)
        valid.push_back(command.name);
    if (const auto nearest = geo::nearest_name(word, valid)) {
        throw Error(ErrorKind::usage, {"cli.unknown_command_nearest"_msg, {{"command", word}, {"nearest", *nearest}}});
    }
    throw Error(ErrorKind::usage, {"cli.unknown_command"_msg, {{"command", word}}});
}

/// CLI11 begins its complaint with the option it means, up to a colon.
Error usage_error(const CLI::ParseError& error) {
    const std::string text = error.what();
    const std::string option = text.substr(0, text.find(':'));
    return Error(ErrorKind::usage, {"cli.value_missing"_msg, {{"option", option}}});
}

void collect(const std::vector<Slot>& slots, ParsedLine& line) {
    for (const auto& [parameter, option] : slots) {
        if (option->count() == 0) continue;
        line.given[parameter->name] =
            parameter->type == ParameterType::flag ? std::vector<std::string>{"true"} : option->results();
    }
}

/// A name of two words ("plots extract") is a command within a group; the group itself does nothing.
CLI::App* declare_command(CLI::App& app, const std::string& name, std::map<std::string, CLI::App*>& groups) {
    const std::size_t space = name.find(' ');
    if (space == std::string::npos) return app.add_subcommand(name);
    CLI::App*& group = groups[name.substr(0, space)];
    if (group == nullptr) {
        group = app.add_subcommand(name.substr(0, space));
        group->set_help_flag("");
        group->allow_extras();
        group->require_subcommand(0, 1);
    }
    return group->add_subcommand(name.substr(space + 1));
}

const std::vector<Parameter>& program_parameters() {
    static const std::vector<Parameter> parameters = [] {
        // The last two are for those who package the program; --help does not list them.
        std::vector<Parameter> own{
            {.name = "version", .type = ParameterType::flag, .help = "option.version"_msg},
            {.name = "man-pages", .type = ParameterType::path, .help = "option.man_pages"_msg, .value_name = "DIR"},
            {.name = "completion", .type = ParameterType::choice, .help = "option.completion"_msg, .choices = {"bash"}},
        };
        const auto& shared = shared::of_every_command();
        own.insert(own.end(), shared.begin(), shared.end());
        return own;
    }();
    return parameters;
}

}  // namespace

std::vector<Parameter> all_parameters(const Command& command) {
    std::vector<Parameter> parameters = command.parameters;
    const auto& shared = shared::of_every_command();
    parameters.insert(parameters.end(), shared.begin(), shared.end());
    return parameters;
}

std::optional<Language> language_asked(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].starts_with("--lang=")) return language_coded(words[i].substr(7));
        if (words[i] == "--lang" && i + 1 < words.size()) return language_coded(words[i + 1]);
    }
    return std::nullopt;
}

ParsedLine parse_line(std::span<const Command> commands, const std::vector<std::string>& words) {
    CLI::App app;
    app.option_defaults()->configurable(false);
    const std::vector<Slot> root_slots = declare(app, program_parameters());
    struct Entry {
        const Command* command;
        CLI::App* app;
        std::unique_ptr<const std::vector<Parameter>> parameters;
        std::vector<Slot> slots;
    };
    std::vector<Entry> entries;
    std::map<std::string, CLI::App*> groups;
    for (const Command& command : commands) {
        CLI::App* sub = declare_command(app, command.name, groups);
        auto parameters = std::make_unique<const std::vector<Parameter>>(all_parameters(command));
        std::vector<Slot> slots = declare(*sub, *parameters);
        entries.push_back({&command, sub, std::move(parameters), std::move(slots)});
    }
    app.require_subcommand(0, 1);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        throw usage_error(error);
    }

    ParsedLine line;
    collect(root_slots, line);
    for (const Entry& entry : entries) {
        if (!entry.app->parsed()) continue;
        line.command = entry.command;
        collect(entry.slots, line);
        if (!entry.app->remaining().empty()) refuse_extra(entry.app->remaining().front(), *entry.parameters);
    }
    for (const auto& [name, group] : groups) {
        if (!group->parsed() || line.command != nullptr) continue;
        const std::vector<std::string> words_after = group->remaining();
        refuse_command(words_after.empty() ? name : name + " " + words_after.front(), commands);
    }
    line.version = line.given.contains("version");
    line.help = line.given.contains("help");
    const std::vector<std::string> extra = app.remaining();
    if (extra.empty()) return line;
    if (line.command == nullptr && !extra.front().starts_with("-")) refuse_command(extra.front(), commands);
    refuse_extra(extra.front(), program_parameters());
}

}  // namespace vereda::app
