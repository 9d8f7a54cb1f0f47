#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "app/commands/ledger_verbs.hpp"
#include "app/land_inputs.hpp"
#include "app/ledger_claims.hpp"
#include "app/ledger_session.hpp"
#include "app/output_folder.hpp"
#include "app/survey_accuracy.hpp"
#include "app/survey_inputs.hpp"
#include "app/survey_options.hpp"
#include "geo/error.hpp"
#include "geo/io/atomic_file.hpp"
#include "regions/claim_check.hpp"
#include "report/claim_table.hpp"
#include "report/csv.hpp"
#include "report/number_format.hpp"

namespace vereda::app {

using namespace geo;
using Json = nlohmann::ordered_json;

namespace {

/// What the study's reference samples say; an accuracy that the command line gives counts for all surveys instead.
std::vector<regions::SampledAccuracy> samples_of(const Study& study, const regions::ClaimOptions& options,
                                                 const Arguments& arguments, Session& session) {
    const auto share = [&](const char* option, const std::optional<regions::Estimate>& told, double assumed) {
        if (arguments.has(option) || !told) return regions::AccuracyShare{assumed, assumed};
        return regions::AccuracyShare{told->value, told->lo};
    };
    std::vector<regions::SampledAccuracy> samples;
    if (arguments.has("users-accuracy") && arguments.has("producers-accuracy")) return samples;
    for (const StudyAccuracy& accuracy : study.accuracy) {
        const report::SurveyAccuracy told = read_survey_accuracy(accuracy, session.diagnostics);
        samples.push_back({told.crop, told.year, share("users-accuracy", told.users, options.users_accuracy),
                           share("producers-accuracy", told.producers, options.producers_accuracy)});
    }
    return samples;
}

regions::ClaimOptions options_of(const Arguments& arguments, const Study& study, Session& session) {
    regions::ClaimOptions options;
    if (arguments.has("users-accuracy")) options.users_accuracy = arguments.number("users-accuracy");
    if (arguments.has("producers-accuracy")) options.producers_accuracy = arguments.number("producers-accuracy");
    options.samples = samples_of(study, options, arguments, session);
    if (arguments.has("smallest-ha")) options.smallest = Hectares(arguments.number("smallest-ha"));
    if (arguments.has("near-km")) options.belt = Metres(1000 * arguments.number("near-km"));
    return options;
}

std::string shown(const std::optional<regions::HectareInterval>& interval, const report::NumberFormat& format) {
    return interval ? format.hectares(interval->value, interval->lo, interval->hi) : "–";
}

MessageId sentence_of(regions::ClaimVerdict verdict) {
    switch (verdict) {
        case regions::ClaimVerdict::agree:
            return "ledger.claim_agree"_msg;
        case regions::ClaimVerdict::disagree:
            return "ledger.claim_disagree"_msg;
        case regions::ClaimVerdict::not_detectable:
            return "ledger.claim_not_detectable"_msg;
        case regions::ClaimVerdict::not_observed:
            break;
    }
    return "ledger.claim_not_observed"_msg;
}

/// One sentence per claim; a disagreement is told even where sentences are not wanted.
void tell(const std::vector<regions::ClaimRow>& rows, const Session& session) {
    const report::NumberFormat format(code_of(session.messages.language()));
    for (const regions::ClaimRow& row : rows) {
        const Message sentence{sentence_of(row.verdict),
                               {{"entry", row.id},
                                {"claimed", shown(row.claimed, format)},
                                {"mapped", shown(row.mapped, format)},
                                {"disputed", shown(row.disputed, format)},
                                {"power", format.percent(row.power.value_or(0))}}};
        const bool disputed = row.verdict == regions::ClaimVerdict::disagree;
        if (!session.json && !session.quiet) {
            session.out << session.messages.text(sentence) << '\n';
        } else if (disputed) {
            session.err << session.messages.text(sentence) << '\n';
        }
    }
}

Json json_of(const std::vector<regions::ClaimRow>& rows) {
    Json verdicts = Json::object();
    for (const auto verdict : {regions::ClaimVerdict::agree, regions::ClaimVerdict::disagree,
                               regions::ClaimVerdict::not_detectable, regions::ClaimVerdict::not_observed})
        verdicts[std::string(regions::name_of(verdict))] =
            std::ranges::count(rows, verdict, &regions::ClaimRow::verdict);
    Json disputed = Json::array();
    for (const regions::ClaimRow& row : rows) {
        if (!row.disputed) continue;
        disputed.push_back({{"entry", std::stoll(row.id)},
                            {"disputed_ha", row.disputed->value.value()},
                            {"disputed_ha_lo", row.disputed->lo.value()},
                            {"disputed_ha_hi", row.disputed->hi.value()}});
    }
    return {{"claims", rows.size()}, {"verdicts", verdicts}, {"disputed", disputed}};
}

ExitCode compare(const Arguments& arguments, Session& session) {
    const Study study = study_of(arguments);
    require_writable_file(arguments.text("out"), arguments.flag("overwrite"));
    const regions::ClaimOptions options = options_of(arguments, study, session);
    const regions::RegionSet regions = read_regions(study, session.parallelism, session.diagnostics);
    std::vector<regions::Survey> surveys;
    for (const StudySurvey& survey : study.surveys)
        surveys.push_back(read_survey(survey, regions, session.diagnostics));
    evidence::io::Ledger ledger = opened_ledger(arguments, session);
    const std::vector<evidence::Record> records = evidence::records_of(ledger.entries());
    const regions::Crop crop = regions::crop_named(arguments.text("crop")).value_or(study.crops.front());
    const std::vector<regions::Claim> claims = claims_of(records, regions.crs(), crop);
    const std::vector<regions::ClaimRow> rows = regions::check_claims(claims, surveys, regions.crs(), options);
    std::ostringstream csv;
    report::write_csv(csv, report::claim_rows(rows, options));
    io::write_file(arguments.text("out"), std::move(csv).str());
    if (arguments.flag("seal") && !rows.empty()) ledger.add_all(comparison_records(rows, records), device_time());
    tell(rows, session);
    if (session.json) session.out << json_of(rows).dump() << '\n';
    return ExitCode::done;
}

Parameter share_option(const char* name, MessageId help, const char* value) {
    return {.name = name,
            .type = ParameterType::number,
            .help = help,
            .unit = "1",
            .default_text = value,
            .least = 0.01,
            .most = 1};
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = survey_parameters({
        share_option("users-accuracy", "command.ledger.users_accuracy"_msg, "0.9"),
        share_option("producers-accuracy", "command.ledger.producers_accuracy"_msg, "0.9"),
        {.name = "smallest-ha",
         .type = ParameterType::number,
         .help = "command.ledger.smallest"_msg,
         .unit = "ha",
         .default_text = "0.25",
         .least = 0,
         .most = 1000},
        {.name = "near-km",
         .type = ParameterType::number,
         .help = "command.ledger.near"_msg,
         .unit = "km",
         .default_text = "5",
         .least = 0.1,
         .most = 100},
        flag_option("seal", "command.ledger.seal"_msg),
    });
    std::erase_if(all, [](const Parameter& one) {
        return one.name == "eradication" || one.name == "seed" || one.name == "audience" || one.name == "memory" ||
               one.name == "out";
    });
    Parameter& study = *std::ranges::find(all, "study", &Parameter::name);
    study.positional = false;
    study.value_name = "STUDY.toml";
    all.push_back(out_option(true));
    return ledger_parameters(true, std::move(all));
}

}  // namespace

Command ledger_compare() {
    Command command = ledger_command(
        "compare", "command.ledger_compare"_msg, parameters(),
        "vereda ledger compare acta --survey 2025=coca_2025.gpkg --survey 2026=coca_2026.gpkg -o claims.csv", compare);
    command.inputs = "command.ledger_compare.inputs"_msg;
    command.outputs = "command.ledger_compare.outputs"_msg;
    command.citation = "";
    return command;
}

}  // namespace vereda::app
