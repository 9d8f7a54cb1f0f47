#include "app/example_outputs.hpp"

#include <algorithm>
#include <array>

namespace vereda::app {

namespace {

struct Example {
    std::string_view command;
    std::string_view output;
};

constexpr std::array examples{
    Example{"run", "done with 0 warnings; open valle-output/report-internal.html"},
    Example{"check", "no problems found"},
    Example{"init", "se escribió my-study/study.toml; complételo y luego ejecute: vereda check my-study/study.toml"},
    Example{"zonal", "wrote 27 rows to out.csv"},
    Example{"plots extract", "101 plots, 21.66 ha, written to plots.gpkg"},
    Example{"plots track", "done with 0 warnings; open tracks/report-internal.html"},
    Example{"plots permanence", "done with 0 warnings; open permanence/report-internal.html"},
    Example{"plots area", "done with 0 warnings; open areas/report-internal.html"},
    Example{"access", "travel time of 421200 cells from 4 origins, the farthest 289.1 minutes, is in time.tif"},
    Example{"coverage", "done with 0 warnings; open valle-coverage/report-internal.html"},
    Example{"readiness", "Done, 0 warnings. Table: readiness.csv"},
    Example{"audit", "done with 0 warnings; open order/report-internal.html"},
    Example{"cato", "Done, 0 warnings. Table: verdicts.csv"},
    Example{"accuracy", "Overall accuracy 0.947 (standard error 0.009) from 640 units. Table: accuracy.csv"},
    Example{"displacement", "done with 0 warnings; open displacement-output/report-internal.html"},
    Example{"loss", "done with 0 warnings; open loss/report-internal.html"},
    Example{"report", "the bundle is valle-internal.zip; the inputs themselves are not in it"},
    Example{"simulate", "the simulated study is in mi-valle; run it with: vereda run mi-valle/study.toml -o OUT"},
    Example{"doctor", "vereda 0.1.0\n…"},
    Example{"ledger init",
            "Ledger created in acta. Whoever forgets the passphrase can never open it: tell it to a second trusted "
            "person.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger add", "Entry 3 is sealed.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger photo", "Entry 4 is sealed.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger correct", "Entry 5 is sealed.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger redact",
            "Entry 6 redacts it: what was removed is gone for good.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger key", "Key 1f0c9a7be2d44c05 is in force.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger merge",
            "4 entries of the other device were taken over.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger consent", "Entry 6 records the consent.\nKeep this line elsewhere, or send it: VEREDA1 …"},
    Example{"ledger dossier",
            "What a reader could learn from this sheet:\n  - …\nThe sheet is in hoja: hoja.html (Spanish), sheet.html "
            "(English)."},
    Example{"ledger open", "INTERNAL, opened: dossier.html. Whoever has this file reads everything."},
    Example{"ledger guide", "Name of the council (Enter to keep it out of the ledger)\n…"},
    Example{"ledger verify", "The ledger holds: 9 entries, signed by 1 of 1 keys in force; 1 checkpoints compared."},
    Example{"ledger checkpoint", "VEREDA1 …"},
    Example{"ledger compare", "Entry 1: claimed 4.0 ha (3.6–4.4), mapped 4.0 ha (3.5–4.5): they agree.\nEntry 2: …"},
    Example{"ledger reveal", "What was revealed, with its proof: council.json"},
    Example{"ledger confirm", "Entry 0 said so before the checkpoint was kept:\ncouncil: Consejo de la Cuenca"},
    Example{"ledger export", "Everything, opened, for the council's own eyes: acta.json"},
};

}  // namespace

std::string_view example_output(std::string_view command) {
    const auto found = std::ranges::find(examples, command, &Example::command);
    return found == examples.end() ? std::string_view() : found->output;
}

}  // namespace vereda::app
