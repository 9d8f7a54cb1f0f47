/// The parameters that several commands take, declared once.
#pragma once

#include "app/parameter.hpp"

namespace vereda::app::shared {

[[nodiscard]] Parameter out_folder();  ///< -o, --out, required
[[nodiscard]] Parameter out_file();    ///< -o, --out, required; the ending picks the format
[[nodiscard]] Parameter overwrite();
[[nodiscard]] Parameter jobs();
[[nodiscard]] Parameter memory();
[[nodiscard]] Parameter seed();
[[nodiscard]] Parameter audience();
[[nodiscard]] Parameter flatgeobuf();
[[nodiscard]] Parameter allow_references();

/// --lang, -q, --progress, --json, --help: every command takes them, without naming them.
[[nodiscard]] const std::vector<Parameter>& of_every_command();

}  // namespace vereda::app::shared
