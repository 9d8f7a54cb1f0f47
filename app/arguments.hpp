/// The checked values of one call of a command.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/parameter.hpp"

namespace vereda::app {

/// Asking for a parameter that the command does not declare is a bug: Error(internal).
class Arguments {
  public:
    /// `given` holds what the user wrote, by parameter name. Throws Error(usage) for values that break their
    /// declaration, repeated parameters that may stand only once, and required ones that are missing.
    Arguments(const std::vector<Parameter>& parameters,
              std::map<std::string, std::vector<std::string>, std::less<>> given);

    [[nodiscard]] bool has(std::string_view name) const;       ///< written by the user
    [[nodiscard]] bool declared(std::string_view name) const;  ///< the command knows it at all
    [[nodiscard]] bool flag(std::string_view name) const { return has(name); }
    /// The value, else the declared default, else "".
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] long long integer(std::string_view name) const;
    [[nodiscard]] double number(std::string_view name) const;
    [[nodiscard]] unsigned long long bytes(std::string_view name) const;
    /// All values of a repeatable one, as written.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;

  private:
    [[nodiscard]] const Parameter& parameter(std::string_view name) const;

    std::vector<Parameter> parameters_;
    std::map<std::string, std::vector<std::string>, std::less<>> given_;
};

}  // namespace vereda::app
