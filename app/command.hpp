/// One command of the program: what it is called, what it can be told, what it reads and writes, whose method it uses.
#pragma once

#include <string>
#include <vector>

#include "app/arguments.hpp"
#include "app/exit_code.hpp"
#include "app/parameter.hpp"
#include "app/session.hpp"
#include "geo/message.hpp"

namespace vereda::app {

struct Command {
    std::string name;                   ///< one word, or two for a command of a group: "plots extract"
    geo::MessageId summary;             ///< one line
    std::vector<Parameter> parameters;  ///< own ones, then those of app/shared_parameters.hpp that make sense here
    geo::MessageId inputs = {};         ///< what it reads
    geo::MessageId outputs = {};        ///< what it writes
    std::string example = {};           ///< one line that works
    std::string citation = {};          ///< of the method; empty where there is none
    ExitCode (*execute)(const Arguments& arguments, Session& session) = nullptr;
};

}  // namespace vereda::app
