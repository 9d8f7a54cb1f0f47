#include "app/commands/init.hpp"

#include <filesystem>
#include <ostream>
#include <system_error>

#include "app/output_folder.hpp"
#include "app/shared_parameters.hpp"
#include "app/study_template.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/feature_writer.hpp"

namespace vereda::app {

using namespace geo;
namespace fs = std::filesystem;

namespace {

void write_templates(const fs::path& folder, const Session& session) {
    io::write_file((folder / "study.toml").string(), study_template(session.messages));
    for (const InputTable& table : input_tables()) {
        if (table.geometry.empty())
            io::write_file((folder / (std::string(table.name) + ".csv")).string(), csv_template(table));
    }
    io::write_layers((folder / template_layers_file).string(), layer_templates());
}

ExitCode execute(const Arguments& arguments, Session& session) {
    const std::string target = arguments.text("dir");
    std::error_code error;
    const bool filled = fs::is_directory(target, error) && !fs::is_empty(target, error);
    if (filled && arguments.flag("overwrite")) {
        write_templates(target, session);
    } else {
        OutputFolder folder(target, false);
        write_templates(folder.path(), session);
        folder.commit();
    }
    if (!session.quiet)
        session.out << session.messages.text({"init.done"_msg, {{"path", (fs::path(target) / "study.toml").string()}}})
                    << '\n';
    return ExitCode::done;
}

}  // namespace

Command init_command() {
    Parameter overwrite = shared::overwrite();
    overwrite.help = "command.init.overwrite"_msg;
    return {.name = "init",
            .summary = "command.init"_msg,
            .parameters = {{.name = "dir",
                            .type = ParameterType::path,
                            .help = "command.init.dir"_msg,
                            .positional = true,
                            .required = true},
                           overwrite},
            .inputs = "command.doctor.inputs"_msg,
            .outputs = "command.init.outputs"_msg,
            .example = "vereda init my-study --lang es",
            .execute = execute};
}

}  // namespace vereda::app
