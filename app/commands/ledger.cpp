#include "app/commands/ledger.hpp"

#include "app/commands/ledger_verbs.hpp"

namespace vereda::app {

std::vector<Command> ledger_commands() {
    return {
        ledger_init(),  ledger_add(),    ledger_photo(),      ledger_correct(), ledger_redact(),  ledger_key(),
        ledger_merge(), ledger_verify(), ledger_checkpoint(), ledger_export(),  ledger_consent(), ledger_dossier(),
        ledger_open(),  ledger_guide(),  ledger_compare(),    ledger_reveal(),  ledger_confirm(),
    };
}

}  // namespace vereda::app
