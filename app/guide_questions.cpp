#include "app/guide_questions.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <filesystem>

#include "app/guide_choices.hpp"
#include "app/guide_consent.hpp"
#include "app/ledger_events.hpp"
#include "app/ledger_photos.hpp"
#include "app/spoken_answers.hpp"
#include "evidence/photo.hpp"
#include "evidence/public_statement.hpp"
#include "geo/error.hpp"
#include "geo/geodesic.hpp"
#include "geo/io/atomic_file.hpp"
#include "geo/io/content_hash.hpp"
#include "geo/topology.hpp"
#include "report/catalogue.hpp"
#include "report/number_format.hpp"

namespace vereda::app {

using namespace geo;

namespace {

bool always(const Answers&) {
    return true;
}
bool is_gathering(const Answers& answers) {
    return is_event(answers) || answers.type == "minutes";
}
bool outlined(const Answers& answers) {
    return std::ranges::any_of(answers.places, [](const PhoneFeature& feature) {
        return std::holds_alternative<MultiPolygon>(feature.place);
    });
}

// What happened

constexpr std::array<const char*, 4> types{"event", "threat", "minutes", "note"};

Fault take_type(const std::string& answer, Answers& answers, const Context&) {
    constexpr std::array<Word, 6> words{
        {{"arranca", 1}, {"arranque", 1}, {"amenaza", 2}, {"threat", 2}, {"asamblea", 3}, {"otra", 4}}};
    std::size_t number = choice(answer, types.size());
    if (number == 0) number = choice_by_word(answer, words);
    if (number == 0) return Message{"guide.choose"_msg, {{"most", "4"}}};
    answers.type = types.at(number - 1);
    return std::nullopt;
}
std::string show_type(const Answers& answers, const Messages& messages) {
    constexpr std::array ids{"guide.type_event"_msg, "guide.type_threat"_msg, "guide.type_minutes"_msg,
                             "guide.type_note"_msg};
    const auto found = std::ranges::find(types, answers.type);
    return messages.text(ids.at(static_cast<std::size_t>(found - types.begin())));
}

Fault take_crop(const std::string& answer, Answers& answers, const Context&) {
    constexpr std::array<const char*, 3> crops{"coca", "poppy", "other"};
    const std::string word = plain_name(answer);
    std::size_t number = choice(answer, crops.size());
    if (word == "coca") number = 1;
    if (word == "amapola" || word == "poppy") number = 2;
    if (number == 0) return Message{"guide.choose"_msg, {{"most", "3"}}};
    answers.values["crop"] = crops.at(number - 1);
    return std::nullopt;
}
std::string show_crop(const Answers& answers, const Messages& messages) {
    const std::string& crop = answers.value("crop");
    return messages.text(crop == "coca" ? "sheet.coca"_msg : crop == "poppy" ? "sheet.poppy"_msg : "sheet.crops"_msg);
}

Fault take_date(const std::string& answer, Answers& answers, const Context& context) {
    const auto day = spoken_day(answer, context.today);
    if (!day) return fault("guide.date_unclear"_msg);
    if (*day > context.today) return fault("guide.date_future"_msg);
    // Whoever corrects the first day means as many days as before.
    const auto before = parse_date(answers.value("date"), DateOrder::iso_only);
    const auto last = parse_date(answers.value("date_until"), DateOrder::iso_only);
    if (before && last) keep(answers, "date_until", to_iso(std::min(*last + (*day - *before), context.today)));
    answers.values["date"] = to_iso(*day);
    return std::nullopt;
}
std::string show_date(const Answers& answers, const Messages& messages) {
    return shown_day(answers, "date", messages);
}

/// "3" or "3 días": that many days in all; or the last day.
Fault take_last_day(const std::string& answer, Answers& answers, const Context& context) {
    keep(answers, "date_until", "");
    if (answer.empty()) return std::nullopt;
    const Date first = parse_date(answers.value("date"), DateOrder::iso_only).value();
    const auto count = spoken_count(answer);
    const auto last = count && *count > 0 ? first + std::chrono::days(*count - 1) : spoken_day(answer, context.today);
    if (!last) return fault("guide.date_unclear"_msg);
    if (*last < first) return fault("guide.last_before_first"_msg);
    if (*last > context.today) return fault("guide.date_future"_msg);
    if (*last > first) keep(answers, "date_until", to_iso(*last));
    return std::nullopt;
}
std::string show_last_day(const Answers& answers, const Messages& messages) {
    return shown_day(answers, "date_until", messages);
}

Fault take_note(const std::string& answer, Answers& answers, const Context&) {
    keep(answers, "note", answer);
    return std::nullopt;
}
std::string show_note(const Answers& answers, const Messages&) {
    return answers.value("note");
}

// Where

/// A path as people write it or drag it into a terminal: quotes around it, file:// before it.
std::string path_in(std::string text) {
    if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front())
        text = text.substr(1, text.size() - 2);
    if (text.starts_with("file://")) text.erase(0, 7);
    return text;
}

/// Days that the device wrote into its file.
std::set<Date> days_of(const std::vector<PhoneFeature>& places) {
    std::set<Date> days;
    for (const PhoneFeature& place : places) {
        try {
            const evidence::Fields fields = event_records({place}, "", "event", {}).front();
            const auto day = parse_date(evidence::find(fields, "date")->value, DateOrder::iso_only);
            if (day) days.insert(*day);
        } catch (const Error&) {
            continue;  // it tells none, or what else it tells cannot be read yet
        }
    }
    return days;
}

Fault take_place_file(const std::string& answer, Answers& answers, const Context& context) {
    answers.places.clear();
    answers.place_days.clear();
    answers.place_file.clear();
    if (answer.empty()) return std::nullopt;
    const std::string path = path_in(answer);
    try {
        std::vector<PhoneFeature> places = read_phone_file(path, context.diagnostics);
        std::erase_if(
            places, [](const PhoneFeature& feature) { return std::holds_alternative<std::monostate>(feature.place); });
        if (places.empty()) return fault("guide.file_without_place"_msg);
        answers.places = std::move(places);
        if (outlined(answers)) {
            std::erase_if(answers.places, [](const PhoneFeature& feature) {
                return !std::holds_alternative<MultiPolygon>(feature.place);
            });
            answers.values.erase("area_ha");
        } else {
            answers.places.resize(1);
        }
        answers.place_file = path;
        answers.place_days = days_of(answers.places);
        answers.place_sha256 = io::sha256_of_file(path);
    } catch (const Error& error) {
        Message message{"guide.file_unreadable"_msg, {}};
        if (error.message().id == "file.missing"_msg || !std::filesystem::exists(path))
            message.id = "guide.file_missing"_msg;
        return message;
    }
    return std::nullopt;
}
std::string show_place_file(const Answers& answers, const Messages& messages) {
    if (answers.places.empty()) return {};
    double square_metres = 0;
    long outlines = 0;
    for (const PhoneFeature& feature : answers.places) {
        const auto* polygons = std::get_if<MultiPolygon>(&feature.place);
        if (polygons == nullptr) continue;
        square_metres += ellipsoidal_area(repair(*polygons).polygons, Crs::wgs84()).value();
        ++outlines;
    }
    const report::NumberFormat numbers(messages.catalogue().language());
    std::string text =
        outlines == 0 ? messages.text("guide.place_point"_msg)
                      : messages.text(Message{"guide.place_outlines"_msg,
                                              {{"count", std::to_string(outlines)},
                                               {"area", numbers.hectares(to_hectares(SquareMetres(square_metres)))}}});
    for (const Date day : answers.place_days) {
        const std::string date = report::long_date(day, messages.catalogue());
        text += "; " + messages.text(Message{"guide.place_day"_msg, {{"date", date}}});
    }
    return text;
}

Fault take_area(const std::string& answer, Answers& answers, const Context&) {
    for (const char* field : {"area_ha", "area_lo_ha", "area_hi_ha"})
        keep(answers, field, "");
    if (answer.empty()) return std::nullopt;
    const auto area = spoken_area(answer);
    if (!area || area->value() <= 0) return fault("guide.area_unclear"_msg);
    keep(answers, "area_ha", fmt::format("{:.4f}", area->value()));
    return std::nullopt;
}
double number_in(const Answers& answers, const char* field) {
    return answers.has(field) ? std::strtod(answers.value(field).c_str(), nullptr) : 0;
}
std::string show_area(const Answers& answers, const Messages& messages) {
    if (!answers.has("area_ha")) return {};
    return report::NumberFormat(messages.catalogue().language()).hectares(Hectares(number_in(answers, "area_ha")));
}

Fault take_area_range(const std::string& answer, Answers& answers, const Context&) {
    keep(answers, "area_lo_ha", "");
    keep(answers, "area_hi_ha", "");
    if (answer.empty()) return std::nullopt;
    const auto range = spoken_range(answer);
    if (!range) return fault("guide.range_unclear"_msg);
    const double area = number_in(answers, "area_ha");
    if (area < range->first || area > range->second) return fault("guide.range_without_area"_msg);
    keep(answers, "area_lo_ha", fmt::format("{:.4f}", range->first));
    keep(answers, "area_hi_ha", fmt::format("{:.4f}", range->second));
    return std::nullopt;
}
std::string show_area_range(const Answers& answers, const Messages& messages) {
    if (!answers.has("area_lo_ha")) return {};
    const report::NumberFormat numbers(messages.catalogue().language());
    return messages.text(Message{"guide.from_to"_msg,
                                 {{"lo", numbers.hectares(Hectares(number_in(answers, "area_lo_ha")))},
                                  {"hi", numbers.hectares(Hectares(number_in(answers, "area_hi_ha")))}}});
}

Fault take_zone(const std::string& answer, Answers& answers, const Context&) {
    keep(answers, "area", answer);
    if (answer.empty()) keep(answers, "area_families", "");
    return std::nullopt;
}
std::string show_zone(const Answers& answers, const Messages&) {
    return answers.value("area");
}
Fault take_count(const std::string& answer, Answers& answers, const char* field) {
    keep(answers, field, "");
    if (answer.empty()) return std::nullopt;
    const auto count = spoken_count(answer);
    if (!count) return fault("guide.count_unclear"_msg);
    keep(answers, field, std::to_string(*count));
    return std::nullopt;
}
Fault take_families(const std::string& answer, Answers& answers, const Context&) {
    return take_count(answer, answers, "area_families");
}
std::string show_families(const Answers& answers, const Messages&) {
    return answers.value("area_families");
}
Fault take_wider(const std::string& answer, Answers& answers, const Context&) {
    keep(answers, "wider_area", answer);
    if (answer.empty()) keep(answers, "wider_area_families", "");
    return std::nullopt;
}
std::string show_wider(const Answers& answers, const Messages&) {
    return answers.value("wider_area");
}
Fault take_wider_families(const std::string& answer, Answers& answers, const Context&) {
    return take_count(answer, answers, "wider_area_families");
}
std::string show_wider_families(const Answers& answers, const Messages&) {
    return answers.value("wider_area_families");
}

// Who agreed

Fault take_decided(const std::string& answer, Answers& answers, const Context&) {
    constexpr std::array<const char*, 3> deciders{"assembly", "council", "family"};
    std::size_t number = choice(answer, deciders.size());
    if (number == 0) number = choice_by_word(answer, giver_words);
    if (number == 0 || number > deciders.size()) return Message{"guide.choose"_msg, {{"most", "3"}}};
    answers.values["decided_by"] = deciders.at(number - 1);
    if (number != 1) {
        answers.values.erase("votes_for");
        answers.values.erase("votes_against");
    }
    return std::nullopt;
}
std::string show_decided(const Answers& answers, const Messages& messages) {
    return answers.has("decided_by") ? shown_giver(answers.value("decided_by"), messages) : std::string();
}
bool by_assembly(const Answers& answers) {
    return answers.type == "minutes" || (is_event(answers) && evidence::is_assembly(answers.value("decided_by")));
}

Fault take_votes(const std::string& answer, Answers& answers, const Context&) {
    keep(answers, "votes_for", "");
    keep(answers, "votes_against", "");
    if (answer.empty()) return std::nullopt;
    std::vector<long> votes;
    std::string digits;
    for (const char c : answer + " ") {
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            digits += c;
        } else if (!digits.empty()) {
            votes.push_back(spoken_count(digits).value_or(0));
            digits.clear();
        }
    }
    if (votes.empty() || votes.size() > 2) return fault("guide.votes_unclear"_msg);
    keep(answers, "votes_for", std::to_string(votes[0]));
    keep(answers, "votes_against", std::to_string(votes.size() == 2 ? votes[1] : 0));
    return std::nullopt;
}
std::string show_votes(const Answers& answers, const Messages& messages) {
    if (!answers.has("votes_for")) return {};
    return messages.text(Message{"guide.votes_shown"_msg,
                                 {{"for", answers.value("votes_for")}, {"against", answers.value("votes_against")}}});
}

Fault take_participants(const std::string& answer, Answers& answers, const Context&) {
    return take_count(answer, answers, "participants");
}
std::string show_participants(const Answers& answers, const Messages&) {
    return answers.value("participants");
}

Fault take_photos(const std::string& answer, Answers& answers, const Context& context) {
    answers.photos.clear();
    std::size_t begin = 0;
    while (begin <= answer.size() && !answer.empty()) {
        const std::size_t end = std::min(answer.find(';', begin), answer.size());
        std::string path = answer.substr(begin, end - begin);
        const std::size_t first = path.find_first_not_of(' ');
        begin = end + 1;
        if (first == std::string::npos) continue;
        path = path_in(path.substr(first, path.find_last_not_of(' ') - first + 1));
        if (!std::filesystem::is_regular_file(path)) {
            answers.photos.clear();
            return fault("guide.file_missing"_msg);
        }
        // What cannot be sealed is said now, not after the assembly has voted.
        try {
            static_cast<void>(sealed_photo(path, context.diagnostics));
        } catch (const Error& error) {
            answers.photos.clear();
            return Message{"guide.file_refused"_msg,
                           {{"file", std::filesystem::path(path).filename().string()},
                            {"why", context.messages.text(error.message())}}};
        }
        answers.photos.push_back(std::move(path));
    }
    return std::nullopt;
}
std::string show_photos(const Answers& answers, const Messages& messages) {
    if (answers.photos.empty()) return {};
    return messages.text(Message{"guide.files_shown"_msg, {{"count", std::to_string(answers.photos.size())}}});
}

const std::vector<GuideQuestion> of_the_event{
    {"guide.ask_type"_msg, "guide.help_type"_msg, "guide.label_type"_msg, always, take_type, show_type},
    {"guide.ask_crop"_msg, "guide.help_crop"_msg, "guide.label_crop"_msg, is_event, take_crop, show_crop},
    {"guide.ask_date"_msg, "guide.help_date"_msg, "guide.label_date"_msg, always, take_date, show_date},
    {"guide.ask_last_day"_msg, "guide.help_last_day"_msg, "guide.label_last_day"_msg, is_event, take_last_day,
     show_last_day, true},
    {"guide.ask_note"_msg, "guide.help_note"_msg, "guide.label_note"_msg, always, take_note, show_note, true},
    {"guide.ask_place_file"_msg, "guide.help_place_file"_msg, "guide.label_place_file"_msg, is_event, take_place_file,
     show_place_file, true},
    {"guide.ask_area"_msg, "guide.help_area"_msg, "guide.label_area"_msg,
     [](const Answers& answers) { return is_event(answers) && !outlined(answers); }, take_area, show_area, true},
    {"guide.ask_area_range"_msg, "guide.help_area_range"_msg, "guide.label_area_range"_msg,
     [](const Answers& answers) { return is_event(answers) && answers.has("area_ha"); }, take_area_range,
     show_area_range, true},
    {"guide.ask_zone"_msg, "guide.help_zone"_msg, "guide.label_zone"_msg, is_event, take_zone, show_zone, true},
    {"guide.ask_families"_msg, "guide.help_families"_msg, "guide.label_families"_msg,
     [](const Answers& answers) { return is_event(answers) && answers.has("area"); }, take_families, show_families,
     true},
    {"guide.ask_wider"_msg, "guide.help_wider"_msg, "guide.label_wider"_msg,
     [](const Answers& answers) {
         return is_event(answers) && answers.has("area") &&
                number_in(answers, "area_families") < static_cast<double>(evidence::fewest_families);
     },
     take_wider, show_wider, true},
    {"guide.ask_families"_msg, "guide.help_families"_msg, "guide.label_wider_families"_msg,
     [](const Answers& answers) { return is_event(answers) && answers.has("wider_area"); }, take_wider_families,
     show_wider_families, true},
    {"guide.ask_decided"_msg, "guide.help_decided"_msg, "guide.label_decided"_msg, is_event, take_decided,
     show_decided},
    {"guide.ask_votes"_msg, "guide.help_votes"_msg, "guide.label_votes"_msg, by_assembly, take_votes, show_votes, true},
    {"guide.ask_participants"_msg, "guide.help_participants"_msg, "guide.label_participants"_msg, is_gathering,
     take_participants, show_participants, true},
    {"guide.ask_photos"_msg, "guide.help_photos"_msg, "guide.label_photos"_msg, always, take_photos, show_photos, true},
};

}  // namespace

const std::string& GuideAnswers::value(const std::string& field) const {
    static const std::string none;
    const auto found = values.find(field);
    return found == values.end() ? none : found->second;
}

std::string nameable_place(const GuideAnswers& answers) {
    for (const char* level : {"area", "wider_area"}) {
        const double families = number_in(answers, (std::string(level) + "_families").c_str());
        if (families >= static_cast<double>(evidence::fewest_families)) return answers.value(level);
    }
    return {};
}

std::optional<Message> taken(const GuideQuestion& question, const std::string& answer, GuideAnswers& answers,
                             const GuideContext& context) {
    static constexpr std::array<std::string_view, 10> nothing{"no",      "no_se", "no_hay", "ninguno", "ninguna",
                                                              "no_sabe", "none",  "nada",   "unknown", "n"};
    const bool skipped = question.may_be_skipped && std::ranges::find(nothing, plain_name(answer)) != nothing.end();
    return question.take(skipped ? std::string() : answer, answers, context);
}

std::span<const GuideQuestion> guide_questions() {
    static const std::vector<GuideQuestion> questions = [] {
        std::vector<GuideQuestion> all = of_the_event;
        all.insert(all.end(), consent_questions().begin(), consent_questions().end());
        return all;
    }();
    return questions;
}

}  // namespace vereda::app
