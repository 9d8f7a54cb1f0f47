/// The verbs of `vereda ledger …`, one file each (commands/ledger_VERB.cpp), and what they share.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "app/command.hpp"
#include "evidence/checkpoint.hpp"
#include "evidence/sealing.hpp"

namespace vereda::app {

[[nodiscard]] Command ledger_init();
[[nodiscard]] Command ledger_add();
[[nodiscard]] Command ledger_photo();
[[nodiscard]] Command ledger_correct();
[[nodiscard]] Command ledger_redact();
[[nodiscard]] Command ledger_key();
[[nodiscard]] Command ledger_merge();
[[nodiscard]] Command ledger_verify();
[[nodiscard]] Command ledger_checkpoint();
[[nodiscard]] Command ledger_export();
[[nodiscard]] Command ledger_consent();
[[nodiscard]] Command ledger_dossier();
[[nodiscard]] Command ledger_open();
[[nodiscard]] Command ledger_guide();
[[nodiscard]] Command ledger_compare();
[[nodiscard]] Command ledger_reveal();
[[nodiscard]] Command ledger_confirm();

/// A row of the registry: "ledger NAME", with the group's inputs, outputs and citation.
[[nodiscard]] Command ledger_command(const char* name, geo::MessageId summary, std::vector<Parameter> parameters,
                                     const char* example, ExitCode (*execute)(const Arguments&, Session&));

[[nodiscard]] Parameter text_option(const char* name, geo::MessageId help, const char* value = "TEXT");
[[nodiscard]] Parameter file_option(const char* name, geo::MessageId help, bool required = false);
[[nodiscard]] Parameter flag_option(const char* name, geo::MessageId help);
/// --entry NUMBER
[[nodiscard]] Parameter entry_option(bool required);
/// -o FILE
[[nodiscard]] Parameter out_option(bool required);
[[nodiscard]] Parameter repeated(Parameter parameter);
/// --checkpoint FILE|TEXT, as often as wanted: files, or the text itself as somebody typed it from paper or an SMS.
/// Throws Error(input, "ledger.no_checkpoint").
[[nodiscard]] std::vector<evidence::Checkpoint> kept_checkpoints(const Arguments& arguments);

/// The sentence, or with --json the numbers, that a writing verb ends with: what was written and the checkpoint to
/// keep.
void tell_written(const geo::Message& done, const evidence::Head& head, const Session& session);
[[nodiscard]] geo::Message about_entry(geo::MessageId id, std::uint64_t entry);
/// Fields with fresh salts, in this order; those without a value are left out.
[[nodiscard]] evidence::Fields given_fields(std::initializer_list<std::pair<const char*, std::string>> pairs);

}  // namespace vereda::app
