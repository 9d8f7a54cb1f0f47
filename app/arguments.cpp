#include "app/arguments.hpp"

#include <algorithm>
#include <charconv>

#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

Arguments::Arguments(const std::vector<Parameter>& parameters,
                     std::map<std::string, std::vector<std::string>, std::less<>> given)
    : parameters_(parameters), given_(std::move(given)) {
    for (const Parameter& parameter : parameters_) {
        const auto found = given_.find(parameter.name);
        if (found == given_.end()) {
            if (!parameter.required) continue;
            throw Error(ErrorKind::usage, {"cli.required"_msg, {{"option", shown_name(parameter)}}});
        }
        if (found->second.size() > 1 && !parameter.repeatable && parameter.type != ParameterType::flag) {
            throw Error(ErrorKind::usage, {"cli.repeated"_msg, {{"option", shown_name(parameter)}}});
        }
        for (const std::string& value : found->second)
            check_value(parameter, value);
    }
}

bool Arguments::has(std::string_view name) const {
    return given_.contains(parameter(name).name);
}

bool Arguments::declared(std::string_view name) const {
    return std::ranges::find(parameters_, name, &Parameter::name) != parameters_.end();
}

const Parameter& Arguments::parameter(std::string_view name) const {
    const auto found = std::ranges::find(parameters_, name, &Parameter::name);
    if (found == parameters_.end()) {
        throw Error(ErrorKind::internal, {"internal.parameter_undeclared"_msg, {{"name", std::string(name)}}});
    }
    return *found;
}

std::string Arguments::text(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? parameter(name).default_text : found->second.front();
}

long long Arguments::integer(std::string_view name) const {
    const std::string written = text(name);
    long long number = 0;
    std::from_chars(written.data(), written.data() + written.size(), number);
    return number;
}

double Arguments::number(std::string_view name) const {
    const std::string written = text(name);
    double number = 0;
    std::from_chars(written.data(), written.data() + written.size(), number);
    return number;
}

unsigned long long Arguments::bytes(std::string_view name) const {
    return parse_size(text(name)).value_or(0);
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
    const auto found = given_.find(parameter(name).name);
    return found == given_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace vereda::app
