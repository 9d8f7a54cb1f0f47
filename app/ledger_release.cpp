#include "app/ledger_release.hpp"

#include "app/ledger_session.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

bool needs_consent(const evidence::Record& record) {
    return record.type != "genesis" && record.type != "statement" && record.type != "comparison";
}

std::set<std::uint64_t> without_consent(const std::vector<evidence::Record>& records, const Release& release,
                                        const std::string& ledger) {
    std::set<std::uint64_t> lacking;
    const Date today = device_day();
    for (const evidence::Record& record : records) {
        if (!needs_consent(record) || (!release.types.empty() && !release.types.contains(record.type))) continue;
        const auto why = evidence::consent_lacking(record.consents, release.use, today);
        if (!why) continue;
        if (!release.leave_out)
            throw Error(ErrorKind::policy, *why, Locus{ledger, {}, std::to_string(record.entry), 0, {}});
        lacking.insert(record.entry);
    }
    return lacking;
}

Parameter consented_only() {
    return {.name = "consented-only", .type = ParameterType::flag, .help = "command.ledger.consented_only"_msg};
}

Parameter use_option() {
    return {.name = "use",
            .type = ParameterType::choice,
            .help = "command.ledger.use"_msg,
            .default_text = "internal",
            .choices = {"internal", "court", "ministry", "donor"}};
}

evidence::Use use_asked(const Arguments& arguments) {
    return evidence::use_named(arguments.text("use")).value();
}

}  // namespace vereda::app
