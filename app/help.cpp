#include "app/help.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "app/cli.hpp"
#include "app/example_outputs.hpp"
#include "app/shared_parameters.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::string value_word(const Parameter& parameter) {
    if (!parameter.value_name.empty()) return parameter.value_name;
    switch (parameter.type) {
        case ParameterType::flag:
            return {};
        case ParameterType::path:
            return "PATH";
        case ParameterType::integer:
            return "N";
        case ParameterType::number:
            return "X";
        case ParameterType::size:
            return "SIZE";
        case ParameterType::text:
            return "TEXT";
        case ParameterType::choice:
            break;
    }
    std::string words;
    for (const std::string& choice : parameter.choices)
        words += (words.empty() ? "" : "|") + choice;
    return words;
}

/// "-o, --out DIR"
std::string synopsis(const Parameter& parameter) {
    if (parameter.positional) return shown_name(parameter);
    std::string text = parameter.letter.empty() ? "    " : "-" + parameter.letter + ", ";
    text += shown_name(parameter);
    const std::string value = value_word(parameter);
    return value.empty() ? text : text + " " + value;
}

/// Unit, range, default, repetition: what the declaration adds to the help sentence.
std::string remarks(const Parameter& parameter, const Messages& messages) {
    std::vector<std::string> parts;
    if (parameter.required) parts.push_back(messages.text("help.required"_msg));
    if (parameter.repeatable) parts.push_back(messages.text("help.repeatable"_msg));
    if (!parameter.unit.empty()) parts.push_back(messages.text({"help.unit"_msg, {{"unit", parameter.unit}}}));
    if (parameter.least && parameter.most) {
        parts.push_back(fmt::format("{} … {}", *parameter.least, *parameter.most));
    } else if (parameter.least) {
        parts.push_back(fmt::format("≥ {}", *parameter.least));
    } else if (parameter.most) {
        parts.push_back(fmt::format("≤ {}", *parameter.most));
    }
    if (!parameter.default_text.empty()) {
        parts.push_back(messages.text({"help.default"_msg, {{"value", parameter.default_text}}}));
    }
    return parts.empty() ? std::string() : fmt::format(" ({})", fmt::join(parts, "; "));
}

/// Display width counted in code points: help has no wide characters.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string two_columns(const std::vector<HelpRow>& rows) {
    std::size_t widest = 0;
    for (const auto& [left, right] : rows)
        widest = std::max(widest, width_of(left));
    std::string text;
    for (const auto& [left, right] : rows) {
        text += "  " + left + std::string(widest - width_of(left) + 2, ' ') + right + "\n";
    }
    return text;
}

/// The line to type and what it prints, set in.
std::string shown_example(const Command& command) {
    std::string text = "    $ " + command.example + "\n";
    std::string_view output = example_output(command.name);
    while (!output.empty()) {
        const std::size_t end = output.find('\n');
        text += fmt::format("    {}\n", output.substr(0, end));
        output.remove_prefix(end == std::string_view::npos ? output.size() : end + 1);
    }
    return text;
}

}  // namespace

std::string usage_line(const Command& command) {
    std::string line = "vereda " + command.name;
    for (const Parameter& parameter : command.parameters) {
        if (parameter.positional) line += " " + shown_name(parameter);
    }
    for (const Parameter& parameter : command.parameters) {
        if (!parameter.positional && parameter.required)
            line += fmt::format(" --{} {}", parameter.name, value_word(parameter));
    }
    return line + " [options]";
}

std::vector<HelpRow> option_rows(const std::vector<Parameter>& parameters, const Messages& messages) {
    std::vector<HelpRow> rows;
    for (const Parameter& parameter : parameters) {
        rows.emplace_back(synopsis(parameter), messages.text(parameter.help) + remarks(parameter, messages));
    }
    return rows;
}

std::string program_help(std::span<const Command> commands, const Messages& messages) {
    std::vector<HelpRow> rows;
    for (const Command& command : commands)
        rows.emplace_back(command.name, messages.text(command.summary));
    return fmt::format("{}\n\n{} vereda COMMAND [options]\n\n{}\n{}\n{}\n{}\n{}\n", messages.text("help.program"_msg),
                       messages.text("help.usage"_msg), messages.text("help.commands"_msg), two_columns(rows),
                       messages.text("help.options"_msg),
                       two_columns(option_rows(shared::of_every_command(), messages)), messages.text("help.more"_msg));
}

std::string command_help(const Command& command, const Messages& messages) {
    std::string text =
        fmt::format("vereda {}: {}\n\n{} {}\n\n{}\n{}", command.name, messages.text(command.summary),
                    messages.text("help.usage"_msg), usage_line(command), messages.text("help.options"_msg),
                    two_columns(option_rows(all_parameters(command), messages)));
    text += fmt::format("\n{} {}\n{} {}\n", messages.text("help.inputs"_msg), messages.text(command.inputs),
                        messages.text("help.outputs"_msg), messages.text(command.outputs));
    if (!command.example.empty())
        text += fmt::format("{}\n{}", messages.text("help.example"_msg), shown_example(command));
    if (!command.citation.empty()) text += fmt::format("{} {}\n", messages.text("help.citation"_msg), command.citation);
    return text;
}

std::string command_line_document(std::span<const Command> commands, const Messages& messages) {
    const auto table = [&](const std::vector<Parameter>& parameters) {
        std::string text = "| option | meaning |\n|---|---|\n";
        for (const auto& [left, right] : option_rows(parameters, messages)) {
            std::string option;
            for (const char c : left.substr(left.find_first_not_of(' ')))
                option += c == '|' ? "\\|" : std::string(1, c);
            text += fmt::format("| `{}` | {} |\n", option, right);
        }
        return text;
    };
    std::string text = fmt::format("# {}\n\n{}\n", messages.text("docs.command_line.title"_msg),
                                   messages.text("docs.command_line.intro"_msg));
    for (const Command& command : commands) {
        text += fmt::format("\n## vereda {}\n\n{}\n\n    {}\n\n{}\n- {} {}\n- {} {}\n", command.name,
                            messages.text(command.summary), usage_line(command), table(command.parameters),
                            messages.text("help.inputs"_msg), messages.text(command.inputs),
                            messages.text("help.outputs"_msg), messages.text(command.outputs));
        if (!command.example.empty())
            text += fmt::format("- {} `{}`\n", messages.text("help.example"_msg), command.example);
        if (!command.citation.empty())
            text += fmt::format("- {} {}\n", messages.text("help.citation"_msg), command.citation);
    }
    text += fmt::format("\n## {}\n\n{}\n## {}\n\n{}\n", messages.text("docs.command_line.every"_msg),
                        table(shared::of_every_command()), messages.text("docs.command_line.exit_codes"_msg),
                        messages.text("docs.command_line.exit_code_list"_msg));
    return text;
}

}  // namespace vereda::app
