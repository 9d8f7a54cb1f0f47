#include "evidence/public_statement.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "geo/error.hpp"

namespace vereda::evidence {

using geo::operator""_msg;

namespace {

constexpr double two_sided_95 = 1.959963984540054;

std::optional<double> number_in(const Record& record, std::string_view name) {
    const std::string& text = record.value(name);
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::vector<const Record*> of_type(std::span<const Record> records, std::string_view type) {
    std::vector<const Record*> found;
    for (const Record& record : records)
        if (record.type == type) found.push_back(&record);
    return found;
}

double rounded(double hectares) {
    return hectares >= 10 ? std::round(hectares) : std::round(hectares * 2) / 2;
}

std::optional<RoundedArea> area_of(const std::vector<const Record*>& events) {
    double sum = 0;
    double variance = 0;
    bool with_error = true;
    for (const Record* event : events) {
        const auto area = number_in(*event, "area_ha");
        if (!area) continue;
        const auto sd = number_in(*event, "area_sd_ha");
        sum += *area;
        with_error = with_error && sd;
        variance += sd ? *sd * *sd : 0;
    }
    if (sum < 1) return std::nullopt;
    RoundedArea result{rounded(sum), {}, {}};
    if (with_error) {
        const double reach = two_sided_95 * std::sqrt(variance);
        result.lo = std::min(result.hectares, rounded(std::max(0.0, sum - reach)));
        result.hi = std::max(result.hectares, rounded(sum + reach));
    }
    return result;
}

std::optional<geo::Month> month_of(const std::string& day) {
    const auto date = geo::parse_date(day, geo::DateOrder::iso_only);
    if (!date) return std::nullopt;
    const std::chrono::year_month_day parts(*date);
    return parts.year() / parts.month();
}

void take_months(const std::vector<const Record*>& events, PublicStatement& statement) {
    for (const Record* event : events) {
        for (const char* field : {"date", "date_until"}) {
            const auto month = month_of(event->value(field));
            if (!month) continue;
            statement.first = statement.first ? std::min(*statement.first, *month) : *month;
            statement.last = statement.last ? std::max(*statement.last, *month) : *month;
        }
    }
}

/// The same people may come to every event: the largest number is what is certain.
void take_people(const std::vector<const Record*>& events, PublicStatement& statement) {
    double most = 0;
    for (const Record* event : events)
        most = std::max(most, number_in(*event, "participants").value_or(0));
    const long people = static_cast<long>(most);
    if (people >= fewest_people) {
        statement.people = people / 5 * 5;
    } else {
        statement.people_withheld = people > 0;
    }
}

/// One name and one number of families for all events; the number is the smallest told.
void take_place(const std::vector<const Record*>& events, PublicStatement& statement) {
    struct Level {
        const char* name;
        const char* families;
    };
    static constexpr std::array<Level, 2> levels{{{"area", "area_families"}, {"wider_area", "wider_area_families"}}};
    for (const Level& level : levels) {
        const std::string& name = events.front()->value(level.name);
        double families = number_in(*events.front(), level.families).value_or(0);
        bool shared = !name.empty();
        for (const Record* event : events) {
            shared = shared && event->value(level.name) == name;
            families = std::min(families, number_in(*event, level.families).value_or(0));
        }
        if (!shared || families < static_cast<double>(fewest_families)) continue;
        statement.place = name;
        statement.families = static_cast<long>(families) / 10 * 10;
        return;
    }
}

std::optional<SatelliteShares> satellite_of(std::span<const Record> records, const std::vector<const Record*>& events) {
    SatelliteShares sum;
    double compared = 0;
    for (const Record* event : events) {
        const Record* last = nullptr;
        for (const Record* comparison : of_type(records, "comparison"))
            if (comparison->about == event->entry) last = comparison;
        if (last == nullptr) continue;
        const auto part = [&](const char* name) { return number_in(*last, name).value_or(0); };
        sum.agree += part("agree_ha");
        sum.disagree += part("disagree_ha");
        sum.not_detectable += part("not_detectable_ha");
        sum.not_observed += part("not_observed_ha");
        compared += part("agree_ha") + part("disagree_ha") + part("not_detectable_ha") + part("not_observed_ha");
    }
    if (compared <= 0) return std::nullopt;
    return SatelliteShares{rounded(sum.agree), rounded(sum.disagree), rounded(sum.not_detectable),
                           rounded(sum.not_observed)};
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalpha(byte) != 0 || byte >= 0x80) {
            words.back() += static_cast<char>(std::tolower(byte));
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase_if(words, [](const std::string& word) { return word.size() < 4; });
    return words;
}

/// Fields in which people stand by name.
bool names_people(std::string_view field) {
    return field == "name" || field == "names" || field == "owner" || field == "household_id" || field == "person";
}

/// A decimal fraction of two digits or more, or a sign of degrees.
bool holds_coordinate(std::string_view text) {
    const auto digit = [&](std::size_t i) {
        return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    for (std::size_t i = 1; i < text.size(); ++i) {
        if ((text[i] == '.' || text[i] == ',') && digit(i - 1) && digit(i + 1) && digit(i + 2)) return true;
    }
    return text.find("°") != std::string_view::npos;
}

void check_name(const std::string& name, std::span<const Record> records, geo::MessageId fault) {
    std::optional<std::uint64_t> told_by;
    const std::vector<std::string> words = words_in(name);
    for (const Record& record : records) {
        for (const auto& [field, value] : record.values) {
            if (!names_people(field)) continue;
            for (const std::string& word : words_in(value))
                if (std::ranges::find(words, word) != words.end()) told_by = record.entry;
        }
    }
    if (told_by || holds_coordinate(name)) throw geo::Error(geo::ErrorKind::policy, {fault, {{"name", name}}});
}

std::string one_line(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    return text;
}

std::string shown(const std::optional<std::string>& text) {
    return text ? one_line(*text) : "-";
}

std::string shown(const std::optional<long>& number) {
    return number ? std::to_string(*number) : "-";
}

}  // namespace

bool is_assembly(std::string_view decided_by) {
    const std::vector<std::string> words = words_in(decided_by);
    return !words.empty() && (words.front() == "asamblea" || words.front() == "assembly");
}

PublicStatement public_statement(std::span<const Record> records, const Permissions& permissions) {
    PublicStatement statement;
    std::vector<const Record*> events = of_type(records, "event");
    std::erase_if(events, [&](const Record* event) { return permissions.left_out.contains(event->entry); });
    if (events.empty()) return statement;
    for (const Record* event : events) {
        const std::string& crop = event->value("crop");
        if (!crop.empty()) statement.crops.insert(crop == "coca" || crop == "poppy" ? crop : "other");
    }
    statement.area = area_of(events);
    take_months(events, statement);
    take_people(events, statement);
    statement.by_assembly =
        std::ranges::all_of(events, [](const Record* event) { return is_assembly(event->value("decided_by")); });
    if (permissions.place) take_place(events, statement);
    const std::vector<const Record*> genesis = of_type(records, "genesis");
    if (permissions.council && !genesis.empty() && !genesis.front()->value("council").empty())
        statement.council = genesis.front()->value("council");
    if (statement.place) check_name(*statement.place, records, "ledger.place_tells"_msg);
    if (statement.council) check_name(*statement.council, records, "ledger.name_tells"_msg);
    statement.satellite = satellite_of(records, events);
    return statement;
}

std::string statement_text(const PublicStatement& statement) {
    std::string crops;
    for (const std::string& crop : statement.crops)
        crops += (crops.empty() ? "" : ",") + crop;
    std::string text = "vereda-public-statement 1\ncrops " + (crops.empty() ? "-" : crops) + "\n";
    const auto end = [](const std::optional<double>& value) { return value ? fmt::format("{:g}", *value) : "-"; };
    if (statement.area)
        text += fmt::format("hectares {:g} from {} to {}\n", statement.area->hectares, end(statement.area->lo),
                            end(statement.area->hi));
    if (statement.first && statement.last)
        text += fmt::format("months {} to {}\n", geo::to_iso(*statement.first), geo::to_iso(*statement.last));
    text += fmt::format("people_at_least {}\ndecided_by {}\nplace {}\nfamilies_at_least {}\ncouncil {}\n",
                        shown(statement.people), statement.by_assembly ? "assembly" : "-", shown(statement.place),
                        shown(statement.families), shown(statement.council));
    if (statement.satellite)
        text += fmt::format("satellite agree {:g} disagree {:g} not_detectable {:g} not_observed {:g}\n",
                            statement.satellite->agree, statement.satellite->disagree,
                            statement.satellite->not_detectable, statement.satellite->not_observed);
    return text;
}

}  // namespace vereda::evidence
