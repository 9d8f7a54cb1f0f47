#include "app/spoken_answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "app/phone_files.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr double square_metres_in_fanegada = 6400;  // plaza, fanegada: 80 m by 80 m
constexpr double square_metres_in_hectare = 10000;

/// Words without accents and case, parted by anything else than letters, digits and decimal marks.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto close = [&] {
        if (!word.empty()) words.push_back(plain_name(word));
        word.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || byte >= 0x80) {
            word += c;
        } else {
            close();
        }
    }
    close();
    return words;
}

std::optional<int> number_of(const std::string& word) {
    int number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (fault != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
}

std::optional<unsigned> month_named(const std::string& word) {
    static constexpr std::array<std::array<std::string_view, 2>, 12> months{{{"enero", "january"},
                                                                             {"febrero", "february"},
                                                                             {"marzo", "march"},
                                                                             {"abril", "april"},
                                                                             {"mayo", "may"},
                                                                             {"junio", "june"},
                                                                             {"julio", "july"},
                                                                             {"agosto", "august"},
                                                                             {"septiembre", "september"},
                                                                             {"octubre", "october"},
                                                                             {"noviembre", "november"},
                                                                             {"diciembre", "december"}}};
    if (word == "setiembre") return 9;
    if (word.size() < 3) return std::nullopt;
    for (unsigned i = 0; i < months.size(); ++i) {
        for (const std::string_view name : months[i])
            if (name.starts_with(word)) return i + 1;
    }
    return std::nullopt;
}

std::optional<Date> valid(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

/// "9 de noviembre [de 2007]", "9/11": day, month, and the year that was said or the last one that fits.
std::optional<Date> day_and_month(std::vector<std::string> words, Date today) {
    std::erase_if(
        words, [](const std::string& word) { return word == "de" || word == "del" || word == "el" || word == "of"; });
    if (words.size() < 2 || words.size() > 3) return std::nullopt;
    if (month_named(words[0]) && number_of(words[1])) std::swap(words[0], words[1]);
    const auto day = number_of(words[0]);
    auto month = month_named(words[1]);
    if (const auto number = number_of(words[1]); number && *number >= 1 && *number <= 12)
        month = static_cast<unsigned>(*number);
    if (!day || *day < 1 || !month) return std::nullopt;
    const auto number = static_cast<unsigned>(*day);
    if (words.size() == 3) {
        const auto year = number_of(words[2]);
        return year && *year >= 1900 ? valid(*year, *month, number) : std::nullopt;
    }
    const int this_year = year_of(today);
    const auto date = valid(this_year, *month, number);
    return date && *date <= today ? date : valid(this_year - 1, *month, number);
}

/// The number at the front, and what follows it.
std::optional<std::pair<double, std::string>> number_and_unit(std::string_view text) {
    std::string plain(text);
    std::ranges::replace(plain, ',', '.');
    const std::size_t begin = plain.find_first_not_of(' ');
    if (begin == std::string::npos) return std::nullopt;
    double value = 0;
    const char* const first = plain.data() + begin;
    const auto [end, fault] = std::from_chars(first, plain.data() + plain.size(), value);
    if (fault != std::errc() || value < 0) return std::nullopt;
    return std::pair(value,
                     plain_name(std::string_view(end, static_cast<std::size_t>(plain.data() + plain.size() - end))));
}

}  // namespace

std::optional<Date> spoken_day(std::string_view text, Date today) {
    const std::vector<std::string> words = words_of(text);
    if (words.size() == 1) {
        if (words[0] == "hoy" || words[0] == "today") return today;
        if (words[0] == "ayer" || words[0] == "yesterday") return today - std::chrono::days(1);
        if (words[0] == "anteayer" || words[0] == "antier") return today - std::chrono::days(2);
    }
    if (words.size() == 3 && words[0].size() == 4) {
        const auto year = number_of(words[0]);
        const auto month = number_of(words[1]);
        const auto day = number_of(words[2]);
        if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
        return valid(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    }
    return day_and_month(words, today);
}

std::optional<Date> spoken_end(std::string_view text, Date from) {
    const std::vector<std::string> words = words_of(text);
    if (words.size() == 2) {
        const auto count = words[0] == "un" || words[0] == "one" ? std::optional<int>(1) : number_of(words[0]);
        const std::string& unit = words[1];
        const bool years = unit.starts_with("ano") || unit.starts_with("year");
        const bool months = unit.starts_with("mes") || unit.starts_with("month");
        if (count && *count > 0 && (years || months)) {
            std::chrono::year_month_day end(from);
            end += std::chrono::months(months ? *count : 12 * *count);
            return std::chrono::sys_days(end.ok() ? end : end.year() / end.month() / std::chrono::last);
        }
        if (count && *count > 0 && (unit.starts_with("dia") || unit.starts_with("day")))
            return from + std::chrono::days(*count);
    }
    if (words.size() < 3) return std::nullopt;
    return spoken_day(text, from);
}

std::optional<Hectares> spoken_area(std::string_view text) {
    const std::string all = plain_name(text);
    if (all.starts_with("media") || all.starts_with("half")) return Hectares(0.5);
    const auto parts = number_and_unit(text);
    if (!parts) return std::nullopt;
    const auto& [value, unit] = *parts;
    if (unit.empty() || unit == "ha" || unit.starts_with("hect")) return Hectares(value);
    if (unit.starts_with("m2") || unit == "m" || unit.starts_with("metros") || unit.starts_with("square"))
        return Hectares(value / square_metres_in_hectare);
    if (unit.starts_with("fanegada") || unit.starts_with("plaza"))
        return Hectares(value * square_metres_in_fanegada / square_metres_in_hectare);
    return std::nullopt;
}

std::optional<std::pair<double, double>> spoken_range(std::string_view text) {
    std::string plain(text);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const auto digit = [&](std::size_t at) {
            return at < plain.size() && std::isdigit(static_cast<unsigned char>(plain[at])) != 0;
        };
        const bool decimal = (plain[i] == ',' || plain[i] == '.') && i > 0 && digit(i - 1) && digit(i + 1);
        if (decimal) plain[i] = '.';
        if (!decimal && !digit(i)) plain[i] = ' ';
    }
    std::vector<double> numbers;
    const char* place = plain.data();
    const char* const last = place + plain.size();
    while (place != last) {
        double value = 0;
        const auto [end, fault] = std::from_chars(place, last, value);
        if (fault == std::errc()) numbers.push_back(value);
        place = fault == std::errc() ? end : place + 1;
    }
    if (numbers.size() != 2) return std::nullopt;
    return std::pair(std::min(numbers[0], numbers[1]), std::max(numbers[0], numbers[1]));
}

std::optional<long> spoken_count(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.empty() || words.size() > 2 || text.find('-') != std::string_view::npos) return std::nullopt;
    const auto number = number_of(words[0]);
    if (!number || *number < 0 || (words.size() == 2 && number_of(words[1]))) return std::nullopt;
    return *number;
}

std::optional<bool> spoken_yes(std::string_view text) {
    const std::string word = plain_name(text);
    if (word == "s" || word == "si" || word == "y" || word == "yes") return true;
    if (word == "n" || word == "no") return false;
    return std::nullopt;
}

}  // namespace vereda::app
