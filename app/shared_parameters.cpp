#include "app/shared_parameters.hpp"

namespace vereda::app::shared {

using namespace geo;

Parameter out_folder() {
    return {.name = "out",
            .letter = "o",
            .type = ParameterType::path,
            .help = "option.out_folder"_msg,
            .value_name = "DIR",
            .required = true};
}

Parameter out_file() {
    return {.name = "out",
            .letter = "o",
            .type = ParameterType::path,
            .help = "option.out_file"_msg,
            .value_name = "FILE",
            .required = true};
}

Parameter overwrite() {
    return {.name = "overwrite", .type = ParameterType::flag, .help = "option.overwrite"_msg};
}

Parameter jobs() {
    return {.name = "jobs",
            .letter = "j",
            .type = ParameterType::integer,
            .help = "option.jobs"_msg,
            .value_name = "N",
            .default_text = "0",
            .least = 0,
            .most = 1024};
}

Parameter memory() {
    return {.name = "memory",
            .type = ParameterType::size,
            .help = "option.memory"_msg,
            .value_name = "SIZE",
            .unit = "B",
            .default_text = "1GiB"};
}

Parameter seed() {
    return {.name = "seed",
            .type = ParameterType::integer,
            .help = "option.seed"_msg,
            .value_name = "N",
            .default_text = "1",
            .least = 0};
}

Parameter audience() {
    return {.name = "audience",
            .type = ParameterType::choice,
            .help = "option.audience"_msg,
            .default_text = "internal",
            .choices = {"internal", "public"}};
}

Parameter flatgeobuf() {
    return {.name = "flatgeobuf", .type = ParameterType::flag, .help = "option.flatgeobuf"_msg};
}

Parameter allow_references() {
    return {.name = "allow-references", .type = ParameterType::flag, .help = "option.allow_references"_msg};
}

const std::vector<Parameter>& of_every_command() {
    static const std::vector<Parameter> parameters{
        {.name = "lang", .type = ParameterType::choice, .help = "option.lang"_msg, .choices = {"en", "es"}},
        {.name = "quiet", .letter = "q", .type = ParameterType::flag, .help = "option.quiet"_msg},
        {.name = "progress",
         .type = ParameterType::choice,
         .help = "option.progress"_msg,
         .default_text = "auto",
         .choices = {"auto", "none"}},
        {.name = "json", .type = ParameterType::flag, .help = "option.json"_msg},
        {.name = "help", .letter = "h", .type = ParameterType::flag, .help = "option.help"_msg},
    };
    return parameters;
}

}  // namespace vereda::app::shared
