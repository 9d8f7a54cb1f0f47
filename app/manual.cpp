#include "app/manual.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "app/cli.hpp"
#include "app/example_outputs.hpp"
#include "app/help.hpp"
#include "app/shared_parameters.hpp"
#include "app/version.hpp"

namespace vereda::app {

using namespace geo;

namespace {

/// Text of groff: backslashes and dashes escaped, no line starts a request.
std::string groff(std::string_view text) {
    std::string result;
    bool line_start = true;
    for (const char c : text) {
        if (line_start && (c == '.' || c == '\'')) result += "\\&";
        if (c == '\\') {
            result += "\\e";
        } else if (c == '-') {
            result += "\\-";
        } else {
            result += c;
        }
        line_start = c == '\n';
    }
    return result;
}

std::string heading(const std::string& name, const Messages& messages) {
    return fmt::format(".TH \"{}\" 1 \"\" \"vereda {}\" \"{}\"\n", groff(name), version(),
                       groff(messages.text("manual.title"_msg)));
}

std::string section(MessageId title, const Messages& messages) {
    return fmt::format(".SH {}\n", groff(messages.text(title)));
}

std::string options(const std::vector<Parameter>& parameters, const Messages& messages) {
    std::string text;
    for (const auto& [left, right] : option_rows(parameters, messages)) {
        text += fmt::format(".TP\n.B {}\n{}\n", groff(left.substr(left.find_first_not_of(' '))), groff(right));
    }
    return text;
}

std::string verbatim(std::string_view text) {
    return fmt::format(".PP\n.nf\n{}\n.fi\n", groff(text));
}

std::string dashed(std::string name) {
    for (char& c : name) {
        if (c == ' ') c = '-';
    }
    return name;
}

/// Second words by first word; no second word: a command by itself.
std::map<std::string, std::string> groups_of(std::span<const Command> commands) {
    std::map<std::string, std::string> groups;
    for (const Command& command : commands) {
        const std::size_t space = command.name.find(' ');
        std::string& second = groups[command.name.substr(0, space)];
        if (space != std::string::npos) second += (second.empty() ? "" : " ") + command.name.substr(space + 1);
    }
    return groups;
}

std::string words_of(const std::vector<Parameter>& parameters) {
    std::string words;
    for (const Parameter& parameter : parameters) {
        if (!parameter.positional) words += (words.empty() ? "--" : " --") + parameter.name;
        if (!parameter.positional && !parameter.letter.empty()) words += " -" + parameter.letter;
    }
    return words;
}

/// "    'run --out'|'run -o') COMPREPLY=(...) ;;" for options whose value can be completed.
std::string value_cases(const Command& command) {
    std::string cases;
    for (const Parameter& parameter : all_parameters(command)) {
        if (parameter.positional || parameter.type == ParameterType::flag) continue;
        std::string pattern = fmt::format("'{} --{}'", command.name, parameter.name);
        if (!parameter.letter.empty()) pattern += fmt::format("|'{} -{}'", command.name, parameter.letter);
        std::string reply = "COMPREPLY=()";
        if (parameter.type == ParameterType::choice) {
            std::string choices;
            for (const std::string& choice : parameter.choices)
                choices += (choices.empty() ? "" : " ") + choice;
            reply = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", choices);
        } else if (parameter.type == ParameterType::path) {
            reply = "_vereda_files";
        }
        cases += fmt::format("    {}) {}; return ;;\n", pattern, reply);
    }
    return cases;
}

}  // namespace

std::string manual_name(const Command& command) {
    return "vereda-" + dashed(command.name) + ".1";
}

std::string program_manual(std::span<const Command> commands, const Messages& messages) {
    std::string text = heading("VEREDA", messages) + section("manual.name"_msg, messages) +
                       fmt::format("vereda \\- {}\n", groff(messages.text("help.program"_msg)));
    text += section("manual.synopsis"_msg, messages) + ".B vereda\n.I COMMAND\n[options]\n";
    text += section("manual.commands"_msg, messages);
    for (const Command& command : commands) {
        text += fmt::format(".TP\n.B {}\n{}; {}(1)\n", groff(command.name), groff(messages.text(command.summary)),
                            groff("vereda-" + dashed(command.name)));
    }
    text += section("manual.options"_msg, messages) + options(shared::of_every_command(), messages);
    text += section("manual.exit_codes"_msg, messages) +
            fmt::format("{}\n", groff(messages.text("docs.command_line.exit_code_list"_msg)));
    return text;
}

std::string command_manual(const Command& command, const Messages& messages) {
    std::string text =
        heading("VEREDA-" + dashed(command.name), messages) + section("manual.name"_msg, messages) +
        fmt::format("{} \\- {}\n", groff("vereda-" + dashed(command.name)), groff(messages.text(command.summary)));
    text += section("manual.synopsis"_msg, messages) + verbatim(usage_line(command));
    text += section("manual.options"_msg, messages) + options(all_parameters(command), messages);
    text += section("manual.files"_msg, messages) +
            fmt::format(".TP\n{}\n{}\n.TP\n{}\n{}\n", groff(messages.text("help.inputs"_msg)),
                        groff(messages.text(command.inputs)), groff(messages.text("help.outputs"_msg)),
                        groff(messages.text(command.outputs)));
    if (!command.example.empty()) {
        const std::string output(example_output(command.name));
        text += section("manual.example"_msg, messages) +
                verbatim("$ " + command.example + (output.empty() ? "" : "\n" + output));
    }
    if (!command.citation.empty()) text += section("manual.method"_msg, messages) + groff(command.citation) + "\n";
    return text + section("manual.see_also"_msg, messages) + ".BR vereda (1)\n";
}

std::string bash_completion(std::span<const Command> commands) {
    const auto groups = groups_of(commands);
    std::string first;
    std::string second;
    for (const auto& [name, words] : groups) {
        first += (first.empty() ? "" : " ") + name;
        if (!words.empty())
            second += fmt::format("    '{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", name, words);
    }
    std::string grouped;
    for (const auto& [name, words] : groups) {
        if (!words.empty()) grouped += (grouped.empty() ? "" : "|") + name;
    }
    std::string values;
    std::string options;
    for (const Command& command : commands) {
        values += value_cases(command);
        options += fmt::format("    '{}') options='{}' ;;\n", command.name, words_of(all_parameters(command)));
    }
    return fmt::format(R"sh(# bash completion of vereda {0}, written by the program itself

_vereda_files() {{
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$word"))
}}

_vereda() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=${{COMP_WORDS[1]}} options=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{1} --help --version --lang' -- "$word"))
    return
  fi
  case "$command" in
    {2})
      if [ "$COMP_CWORD" -eq 2 ]; then
        case "$command" in
{3}        esac
      fi
      command="$command ${{COMP_WORDS[2]}}" ;;
  esac
  case "$command $before" in
{4}  esac
  case "$command" in
{5}  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) _vereda_files ;;
  esac
}}

complete -F _vereda vereda
)sh",
                       version(), first, grouped, second, values, options);
}

}  // namespace vereda::app
