#include "regions/driver_accuracy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "geo/error.hpp"

namespace vereda::regions {

using namespace geo;

namespace {

constexpr int kRounds = 5000;
constexpr double kSettled = 1e-12;

double share_of(const DriverAccuracy::Shares& shares, int mapped) {
    const auto found = shares.find(mapped);
    return found == shares.end() ? 0 : found->second;
}

void scale_to_one(DriverAccuracy::Shares& shares) {
    double sum = 0;
    for (const auto& [mapped, share] : shares)
        sum += share;
    for (auto& [mapped, share] : shares)
        share = sum > 0 ? share / sum : 0;
}

void stand_for_themselves(const std::map<int, double>& mapped, std::map<int, DriverAccuracy::Shares>& behind) {
    for (const auto& [shown, hectares] : mapped)
        behind.try_emplace(shown, DriverAccuracy::Shares{{shown, 1.0}});
}

[[noreturn]] void refuse(const TextTable& table, const TextRow& row, std::string_view column) {
    Locus place = table.locus;
    place.line = row.line;
    place.field = std::string(column);
    throw Error(ErrorKind::input, {"drivers.value"_msg, {{"column", std::string(column)}}}, place);
}

}  // namespace

DriverAccuracy driver_accuracy_from(const TextTable& table) {
    const bool points = table.find("points").has_value();
    const std::array<std::string_view, 3> names{"cause", "mapped", points ? "points" : "share"};
    std::array<std::size_t, 3> at{};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = table.find(names[i]);
        if (!found)
            throw Error(ErrorKind::input, {"drivers.column_missing"_msg, {{"column", std::string(names[i])}}},
                        table.locus);
        at[i] = *found;
    }
    DriverAccuracy accuracy;
    for (const TextRow& text : table.rows) {
        const RowReader row(table, text);
        const bool crop = row.text(at[0]) == "crop";
        const auto cause = crop ? std::optional<long long>(0) : row.integer(at[0]);
        const auto mapped = row.integer(at[1]);
        const auto share = row.number(at[2]);
        if (!cause) refuse(table, text, names[0]);
        if (!mapped) refuse(table, text, names[1]);
        if (!share || !(*share >= 0)) refuse(table, text, names[2]);
        (crop ? accuracy.crop : accuracy.causes[static_cast<int>(*cause)])[static_cast<int>(*mapped)] += *share;
    }
    if (points)
        for (const auto& [cause, shares] : accuracy.causes)
            for (const auto& [mapped, count] : shares)
                accuracy.behind[mapped][cause] = count;
    for (auto& [mapped, shares] : accuracy.behind)
        scale_to_one(shares);
    scale_to_one(accuracy.crop);
    for (auto& [cause, shares] : accuracy.causes)
        scale_to_one(shares);
    return accuracy;
}

std::map<int, DriverAccuracy::Shares> causes_behind(const DriverAccuracy& accuracy,
                                                    const std::map<int, double>& mapped) {
    std::map<int, DriverAccuracy::Shares> behind = accuracy.behind;
    std::erase_if(behind, [&](const auto& of_class) { return !mapped.contains(of_class.first); });
    if (!accuracy.behind.empty()) {
        stand_for_themselves(mapped, behind);
        return behind;
    }
    std::map<int, double> total;  // of each cause
    for (const auto& [cause, shares] : accuracy.causes)
        total[cause] = 1;
    for (int round = 0; round < kRounds; ++round) {
        std::map<int, double> next;
        double area = 0;
        for (const auto& [shown, hectares] : mapped) {
            double sum = 0;
            for (const auto& [cause, shares] : accuracy.causes)
                sum += total[cause] * share_of(shares, shown);
            if (!(sum > 0)) continue;
            for (const auto& [cause, shares] : accuracy.causes) {
                const double part = total[cause] * share_of(shares, shown) / sum;
                behind[shown][cause] = part;
                next[cause] += part * hectares;
            }
            area += hectares;
        }
        double change = 0;
        for (auto& [cause, hectares] : total) {
            change = std::max(change, std::abs(next[cause] - hectares));
            hectares = next[cause];
        }
        if (change <= kSettled * area) break;
    }
    stand_for_themselves(mapped, behind);
    return behind;
}

}  // namespace vereda::regions
