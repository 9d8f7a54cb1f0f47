#include "report/month_name.hpp"

#include <array>

namespace vereda::report {

using geo::operator""_msg;

std::string month_name(std::chrono::month month, const Catalogue& words) {
    constexpr std::array months{"month.january"_msg, "month.february"_msg, "month.march"_msg,
                                "month.april"_msg,   "month.may"_msg,      "month.june"_msg,
                                "month.july"_msg,    "month.august"_msg,   "month.september"_msg,
                                "month.october"_msg, "month.november"_msg, "month.december"_msg};
    return words.text(months.at(static_cast<unsigned>(month) - 1));
}

std::string month_and_year(geo::Month month, const Catalogue& words) {
    return words.text("date.month_year"_msg, {{"month", month_name(month.month(), words)},
                                              {"year", std::to_string(static_cast<int>(month.year()))}});
}

}  // namespace vereda::report
