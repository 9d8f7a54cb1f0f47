#include "app/ledger_guide.hpp"

#include <unistd.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include "app/commands/ledger_verbs.hpp"
#include "app/guide_questions.hpp"
#include "app/ledger_dossier.hpp"
#include "app/ledger_events.hpp"
#include "app/ledger_photos.hpp"
#include "app/ledger_session.hpp"
#include "app/spoken_answers.hpp"
#include "evidence/checkpoint.hpp"
#include "evidence/qr_code.hpp"
#include "evidence/record.hpp"
#include "geo/error.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::optional<std::size_t> number_of(const std::string& answer, std::size_t most) {
    const auto count = spoken_count(answer);
    if (!count || *count < 1 || static_cast<std::size_t>(*count) > most) return std::nullopt;
    return static_cast<std::size_t>(*count) - 1;
}

Message choose(std::size_t most) {
    return {"guide.choose"_msg, {{"most", std::to_string(most)}}};
}

Message in_words(const GuideQuestion& question, const GuideAnswers& answers) {
    return {question.text, {{"place", nameable_place(answers)}}};
}

/// What was made of an answer, where that is not what was typed: a day, a choice, what a file holds.
void tell_understood(Dialogue& dialogue, const GuideQuestion& question, const GuideAnswers& answers,
                     const std::string& said) {
    const std::string shown = question.shown(answers, dialogue.messages());
    if (said.empty() || shown.empty() || plain_name(shown) == plain_name(said)) return;
    dialogue.say({"guide.understood"_msg, {{"answer", shown}}});
}

/// Question after question; "atrás" goes to the one before. False where that was the first.
bool ask_all(Dialogue& dialogue, GuideAnswers& answers, const GuideContext& context) {
    const auto questions = guide_questions();
    std::vector<std::size_t> path;
    std::size_t i = 0;
    while (i < questions.size()) {
        const GuideQuestion& question = questions[i];
        if (!question.asked(answers)) {
            ++i;
            continue;
        }
        std::string said;
        const bool forward = dialogue.ask(in_words(question, answers), question.help, [&](const std::string& answer) {
            said = answer;
            return taken(question, answer, answers, context);
        });
        if (forward) {
            tell_understood(dialogue, question, answers, said);
            path.push_back(i++);
        } else if (path.empty()) {
            return false;
        } else {
            i = path.back();
            path.pop_back();
        }
    }
    return true;
}

/// Positions of the questions that count today, in the order of the summary.
std::vector<std::size_t> counted(const GuideAnswers& answers) {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < guide_questions().size(); ++i)
        if (guide_questions()[i].asked(answers)) positions.push_back(i);
    return positions;
}

void read_aloud(Dialogue& dialogue, const GuideAnswers& answers) {
    dialogue.line("");
    dialogue.say("guide.summary"_msg);
    std::size_t number = 0;
    for (const std::size_t position : counted(answers)) {
        const GuideQuestion& question = guide_questions()[position];
        const std::string shown = question.shown(answers, dialogue.messages());
        dialogue.say({"guide.summary_row"_msg,
                      {{"number", std::to_string(++number)},
                       {"label", dialogue.messages().text(question.label)},
                       {"answer", shown.empty() ? dialogue.messages().text("guide.nothing"_msg) : shown}}});
    }
}

/// Answers as the summary shows them, by question; nullopt where the question is not asked.
std::vector<std::optional<std::string>> shown_answers(const GuideAnswers& answers, const Messages& messages) {
    std::vector<std::optional<std::string>> shown;
    for (const GuideQuestion& question : guide_questions())
        shown.push_back(question.asked(answers) ? std::optional(question.shown(answers, messages)) : std::nullopt);
    return shown;
}

/// Asks a question of the summary again, and those that the new answer brings up or has emptied.
void ask_again(Dialogue& dialogue, std::size_t position, GuideAnswers& answers, const GuideContext& context) {
    const auto before = shown_answers(answers, dialogue.messages());
    const auto ask = [&](std::size_t i) {
        const GuideQuestion& question = guide_questions()[i];
        return dialogue.ask(in_words(question, answers), question.help,
                            [&](const std::string& answer) { return taken(question, answer, answers, context); });
    };
    if (!ask(position)) return;
    for (std::size_t i = position + 1; i < guide_questions().size(); ++i) {
        const GuideQuestion& question = guide_questions()[i];
        if (!question.asked(answers)) continue;
        const bool emptied = before[i] && !before[i]->empty() && question.shown(answers, dialogue.messages()).empty();
        if (!before[i] || emptied) ask(i);
    }
}

/// True: the assembly says yes. False: nothing is to be recorded.
bool approved(Dialogue& dialogue, GuideAnswers& answers, const GuideContext& context) {
    while (true) {
        read_aloud(dialogue, answers);
        const std::vector<std::size_t> rows = counted(answers);
        std::optional<bool> yes;
        std::optional<std::size_t> row;
        const bool answered =
            dialogue.ask({"guide.ask_record"_msg, {}}, "guide.help_record"_msg,
                         [&](const std::string& answer) -> std::optional<Message> {
                             yes = spoken_yes(answer);
                             row = number_of(answer, rows.size());
                             if (yes || row) return std::nullopt;
                             return Message{"guide.record_unclear"_msg, {{"most", std::to_string(rows.size())}}};
                         });
        if (yes) return *yes;
        ask_again(dialogue, answered && row ? rows[*row] : rows.back(), answers, context);
    }
}

/// What counts of the answers for this kind of record.
std::map<std::string, std::string> counted_values(const GuideAnswers& answers, Date today) {
    std::map<std::string, std::string> values = answers.values;
    if (answers.type != "event") {
        std::erase_if(values, [&](const auto& pair) {
            const bool vote = pair.first.starts_with("votes") || pair.first == "participants";
            return pair.first != "date" && pair.first != "note" && !pair.first.starts_with("consent") &&
                   !(vote && answers.type == "minutes");
        });
    }
    if (!answers.scope.empty()) {
        values["consent_scope"] = evidence::codes_of(answers.scope);
        values["consent_date"] = to_iso(today);
    }
    return values;
}

std::vector<evidence::Fields> records_of(const GuideAnswers& answers, Date today) {
    const auto values = counted_values(answers, today);
    if (answers.type != "event" || answers.places.empty()) return {event_fields(answers.type, values)};
    return event_records(answers.places, answers.place_sha256, answers.type, values);
}

bool can_be_corrected(const evidence::Record& record) {
    return record.type == "event" || record.type == "minutes" || record.type == "threat" || record.type == "note";
}

std::vector<evidence::Record> correctable(const evidence::io::Ledger& ledger) {
    std::vector<evidence::Record> records = evidence::records_of(ledger.entries());
    std::erase_if(records, [](const evidence::Record& record) { return !can_be_corrected(record); });
    return records;
}

void list(Dialogue& dialogue, const std::vector<evidence::Record>& records) {
    std::size_t number = 0;
    for (const evidence::Record& record : records) {
        const std::string& area = record.value("area_ha");
        dialogue.say(
            {"guide.record_row"_msg,
             {{"number", std::to_string(++number)},
              {"kind", dialogue.messages().catalogue().find("ledger.kind." + record.type).value_or(record.type)},
              {"date", record.value("date")},
              {"area", area.empty() ? std::string() : area + " ha"},
              {"note", record.value("note")}}});
    }
}

/// Which of the records, by its number in the list; nullopt to go back.
std::optional<std::size_t> chosen(Dialogue& dialogue, const std::vector<evidence::Record>& records) {
    if (records.empty()) {
        dialogue.say("guide.nothing_recorded"_msg);
        return std::nullopt;
    }
    list(dialogue, records);
    std::optional<std::size_t> which;
    const bool answered = dialogue.ask({"guide.ask_which"_msg, {}}, "guide.help_which"_msg,
                                       [&](const std::string& answer) -> std::optional<Message> {
                                           which = number_of(answer, records.size());
                                           if (!which) return choose(records.size());
                                           return std::nullopt;
                                       });
    return answered ? which : std::nullopt;
}

/// A value as `ledger add` would have taken it; a fault in words where it cannot.
std::optional<Message> checked_value(const evidence::Record& record, const std::string& field, std::string& value) {
    std::map<std::string, std::string> values{{"date", record.value("date")}};
    if (field == "date" || field == "date_until") {
        const auto day = spoken_day(value, device_day());
        if (!day) return Message{"guide.date_unclear"_msg, {}};
        value = to_iso(*day);
    }
    values[field] = value;
    try {
        const evidence::Fields checked = event_fields(record.type, values);
        value = evidence::find(checked, field)->value;
    } catch (const Error& error) {
        return error.message();
    }
    return std::nullopt;
}

/// What a secretary may correct by hand: not hashes, not geometries.
std::vector<std::string> correctable_fields(const evidence::Record& record) {
    std::vector<std::string> fields;
    for (const EventOption& option : event_options()) {
        const std::string field = option.field;
        if (record.values.contains(field) && !evidence::is_consent_field(field)) fields.push_back(field);
    }
    return fields;
}

}  // namespace

void LedgerGuide::show_diagnostics() {
    for (const Diagnostic& diagnostic : session_->diagnostics.sorted()) {
        if (diagnostic.severity != Severity::warning) continue;
        const std::string line = session_->messages.diagnostic_line(diagnostic);
        if (told_.insert(line).second) dialogue_->line(line);
    }
}

void LedgerGuide::show_checkpoint() {
    const std::string text = evidence::checkpoint_text(evidence::checkpoint_of(ledger_->head()));
    dialogue_->say("guide.checkpoint"_msg);
    // Without its last part the line fits a narrow terminal; verify reads it over any line break.
    const std::size_t root = text.rfind(' ');
    dialogue_->line(text.substr(0, root) + "\n" + text.substr(root + 1));
    if (::isatty(STDOUT_FILENO) == 1)
        dialogue_->line(evidence::terminal_text(evidence::QrCode(evidence::upper_case(text)), true));
}

void LedgerGuide::record() {
    GuideAnswers answers;
    const GuideContext context{device_day(), session_->diagnostics, session_->messages};
    if (!ask_all(*dialogue_, answers, context)) return;
    while (true) {
        if (!approved(*dialogue_, answers, context)) {
            dialogue_->say("guide.not_recorded"_msg);
            return;
        }
        try {
            return write(answers, context.today);
        } catch (const Error& error) {
            // Nothing was written, and nothing that was answered is lost: a line can be corrected, or tried again.
            if (error.kind() != ErrorKind::input && error.kind() != ErrorKind::usage) throw;
            dialogue_->line(session_->messages.error_line(error.locus(), error.message()));
        }
    }
}

void LedgerGuide::write(const GuideAnswers& answers, Date today) {
    std::vector<SealedPhoto> photos;
    for (const std::string& path : answers.photos)
        photos.push_back(sealed_photo(path, session_->diagnostics));
    const std::vector<evidence::Fields> records = records_of(answers, today);
    const std::uint64_t first = ledger_->add_all(records, device_time());
    std::uint64_t last = first + records.size() - 1;
    for (SealedPhoto& photo : photos) {
        photo.fields.emplace_back(evidence::field("about", entry_name(*ledger_, static_cast<long long>(first))));
        last = ledger_->add(photo.fields, {photo.bytes}, device_time());
    }
    show_diagnostics();
    dialogue_->say(first == last ? about_entry("guide.recorded"_msg, first)
                                 : Message{"guide.recorded_several"_msg,
                                           {{"first", std::to_string(first)}, {"last", std::to_string(last)}}});
    show_checkpoint();
}

void LedgerGuide::correct() {
    const std::vector<evidence::Record> records = correctable(*ledger_);
    const auto which = chosen(*dialogue_, records);
    if (!which) return;
    const evidence::Record& record = records[*which];
    const std::vector<std::string> fields = correctable_fields(record);
    std::size_t number = 0;
    for (const std::string& field : fields) {
        dialogue_->say({"guide.summary_row"_msg,
                        {{"number", std::to_string(++number)},
                         {"label", dialogue_->messages().catalogue().find("ledger.field." + field).value_or(field)},
                         {"answer", record.value(field)}}});
    }
    std::optional<std::size_t> row;
    if (!dialogue_->ask({"guide.ask_field"_msg, {}}, "guide.help_which"_msg,
                        [&](const std::string& answer) -> std::optional<Message> {
                            row = number_of(answer, fields.size());
                            if (!row) return choose(fields.size());
                            return std::nullopt;
                        }))
        return;
    std::string value;
    if (!dialogue_->ask({"guide.ask_value"_msg, {}}, "guide.help_value"_msg, [&](const std::string& answer) {
            value = answer;
            return checked_value(record, fields[*row], value);
        }))
        return;
    const auto yes = dialogue_->ask_yes({"guide.ask_correct"_msg, {{"value", value}}}, "guide.help_value"_msg);
    if (!yes || !*yes) {
        dialogue_->say("guide.not_recorded"_msg);
        return;
    }
    const std::uint64_t entry =
        ledger_->add({evidence::field("type", "correction"), evidence::field("corrects", evidence::hex(record.leaf)),
                      evidence::field(fields[*row], value)},
                     {}, device_time());
    dialogue_->say(about_entry("guide.corrected"_msg, entry));
    show_checkpoint();
}

void LedgerGuide::take_back() {
    std::vector<evidence::Record> records = correctable(*ledger_);
    std::erase_if(records, [](const evidence::Record& record) {
        return evidence::consent_lacking(record.consents, evidence::Use::internal, device_day()).has_value();
    });
    const auto which = chosen(*dialogue_, records);
    if (!which) return;
    const auto yes = dialogue_->ask_yes({"guide.ask_take_back"_msg, {}}, "guide.help_take_back"_msg);
    if (!yes || !*yes) {
        dialogue_->say("guide.not_recorded"_msg);
        return;
    }
    const std::uint64_t entry = ledger_->add(given_fields({{"type", "consent_revoked"},
                                                           {"consent_date", to_iso(device_day())},
                                                           {"about", evidence::hex(records[*which].leaf)}}),
                                             {}, device_time());
    dialogue_->say(about_entry("ledger.consent_taken_back"_msg, entry));
    show_checkpoint();
}

void LedgerGuide::release() {
    std::optional<ProposedSheet> proposed;
    try {
        proposed = proposed_sheet(*ledger_, true);
    } catch (const Error& error) {
        dialogue_->line(session_->messages.text(error.message()));
        return;
    }
    dialogue_->say("dossier.learns"_msg);
    for (const Message& sentence : proposed->learns)
        dialogue_->line("  - " + session_->messages.text(sentence));
    dialogue_->say("dossier.angers"_msg);
    for (const Message& sentence : proposed->angered)
        dialogue_->line("  - " + session_->messages.text(sentence));
    if (proposed->left_out > 0)
        dialogue_->say({"dossier.left_out"_msg, {{"count", std::to_string(proposed->left_out)}}});
    const auto yes = dialogue_->ask_yes({"dossier.ask"_msg, {}}, "guide.help_release"_msg);
    if (!yes || !*yes) {
        dialogue_->say("dossier.refused"_msg);
        return;
    }
    std::string target;
    if (!dialogue_->ask({"guide.ask_folder"_msg, {}}, "guide.help_folder"_msg,
                        [&](const std::string& answer) -> std::optional<Message> {
                            if (answer.empty() || std::filesystem::exists(answer))
                                return Message{"guide.folder_there"_msg, {}};
                            target = answer;
                            return std::nullopt;
                        }))
        return;
    const ReleasedSheet released = write_public_folder(*ledger_, *proposed, {target, false}, *session_);
    dialogue_->say({"dossier.released"_msg, {{"path", target}}});
    dialogue_->say({"ledger.keep_checkpoint"_msg, {{"checkpoint", released.sheet.checkpoint}}});
}

void LedgerGuide::run() {
    while (true) {
        std::optional<std::size_t> choice;
        const bool answered = dialogue_->ask({"guide.menu"_msg, {}}, "guide.help_menu"_msg,
                                             [&](const std::string& answer) -> std::optional<Message> {
                                                 choice = number_of(answer, 5);
                                                 if (!choice) return choose(5);
                                                 return std::nullopt;
                                             });
        if (!answered) continue;
        switch (*choice) {
            case 0:
                record();
                break;
            case 1:
                correct();
                break;
            case 2:
                take_back();
                break;
            case 3:
                release();
                break;
            default:
                return;
        }
    }
}

}  // namespace vereda::app
