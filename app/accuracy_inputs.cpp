#include "app/accuracy_inputs.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "geo/error.hpp"
#include "geo/nearest_name.hpp"

namespace vereda::app {

using namespace geo;

namespace {

std::size_t required(const TextTable& table, const std::string& name) {
    if (const auto found = table.find(name)) return *found;
    Locus place = table.locus;
    place.field = name;
    const auto nearest = nearest_name(name, table.columns);
    if (!nearest) throw Error(ErrorKind::input, {"accuracy.column_missing"_msg, {{"column", name}}}, place);
    throw Error(ErrorKind::input,
                {"accuracy.column_missing_nearest"_msg, {{"column", name}, {"nearest", std::string(*nearest)}}}, place);
}

std::string label(const TextTable& table, const TextRow& row, std::size_t column) {
    if (row.cells[column].empty())
        throw Error(ErrorKind::input, {"accuracy.label_missing"_msg, {}}, table.place(row, column));
    return row.cells[column];
}

double number(const TextTable& table, const TextRow& row, std::size_t column) {
    const auto value = RowReader(table, row).number(column);
    if (!value) throw Error(ErrorKind::input, {"accuracy.number_missing"_msg, {}}, table.place(row, column));
    return *value;
}

long count_in(const TextTable& table, const TextRow& row, std::size_t column) {
    const auto value = RowReader(table, row).integer(column).value_or(0);
    if (value < 0) throw Error(ErrorKind::input, {"accuracy.not_a_count"_msg, {}}, table.place(row, column));
    return static_cast<long>(value);
}

}  // namespace

std::vector<regions::SampleCount> read_sample(const TextTable& table, const SampleColumns& columns) {
    const std::size_t stratum = required(table, columns.stratum);
    const std::size_t reference = required(table, columns.reference);
    const std::size_t map = columns.map.empty() ? stratum : required(table, columns.map);
    std::map<std::tuple<std::string, std::string, std::string>, long> counted;
    for (const TextRow& row : table.rows)
        ++counted[{label(table, row, stratum), label(table, row, map), label(table, row, reference)}];
    std::vector<regions::SampleCount> counts;
    for (const auto& [labels, units] : counted)
        counts.push_back({std::get<0>(labels), std::get<1>(labels), std::get<2>(labels), units});
    return counts;
}

std::vector<regions::StratumArea> read_areas(const TextTable& table) {
    std::size_t stratum = 0;
    std::size_t area = 1;
    if (table.find("stratum") || table.find("area") || table.columns.size() < 2) {
        stratum = required(table, "stratum");
        area = required(table, "area");
    }
    std::vector<regions::StratumArea> areas;
    for (const TextRow& row : table.rows)
        areas.push_back({label(table, row, stratum), number(table, row, area)});
    return areas;
}

std::vector<regions::SampleCount> read_matrix(const TextTable& table) {
    std::vector<regions::SampleCount> counts;
    for (const TextRow& row : table.rows) {
        const std::string map = label(table, row, 0);
        for (std::size_t column = 1; column < table.columns.size(); ++column)
            counts.push_back({map, map, table.columns[column], count_in(table, row, column)});
    }
    return counts;
}

std::vector<regions::Frame> read_frames(const TextTable& table, const FrameColumns& columns) {
    const std::size_t crop = required(table, columns.crop);
    const std::size_t farmland = required(table, columns.farmland);
    std::vector<regions::Frame> frames;
    for (const TextRow& row : table.rows) {
        const std::string stratum =
            columns.stratum.empty() ? "all" : label(table, row, required(table, columns.stratum));
        frames.push_back({stratum, number(table, row, crop), number(table, row, farmland)});
    }
    return frames;
}

std::vector<regions::PlannedStratum> read_planned(const TextTable& table) {
    const std::size_t stratum = required(table, "stratum");
    const std::size_t area = required(table, "area");
    const std::size_t expected = required(table, "expected_users_accuracy");
    std::vector<regions::PlannedStratum> strata;
    for (const TextRow& row : table.rows)
        strata.push_back({label(table, row, stratum), number(table, row, area), number(table, row, expected)});
    return strata;
}

}  // namespace vereda::app
