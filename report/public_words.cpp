#include "report/public_words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/labels.hpp"
#include "report/number_format.hpp"
#include "report/plot_tables.hpp"
#include "report/reasons.hpp"
#include "report/table_declarations.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

const Table* table_in(const PublicEdition& edition, const TableDeclaration& declaration) {
    const auto found = std::ranges::find(edition.tables, &declaration, &Table::declaration);
    return found == edition.tables.end() || found->rows.empty() ? nullptr : &*found;
}

/// Cells of one row by column name.
class RowView {
  public:
    RowView(const Table& table, const Row& row) : table_(table), row_(row) {}
    [[nodiscard]] std::string text(std::string_view column) const {
        const auto* value = std::get_if<std::string>(&cell(column));
        return value == nullptr ? std::string() : *value;
    }
    [[nodiscard]] std::optional<double> number(std::string_view column) const {
        if (const auto* real = std::get_if<double>(&cell(column))) return *real;
        if (const auto* integer = std::get_if<std::int64_t>(&cell(column))) return static_cast<double>(*integer);
        return std::nullopt;
    }

  private:
    [[nodiscard]] const geo::Value& cell(std::string_view column) const {
        return row_[table_.declaration->position(column)];
    }
    const Table& table_;
    const Row& row_;
};

struct CropSum {
    geo::Hectares area;
    geo::Hectares lo;
    geo::Hectares hi;
    std::set<std::string> regions;
};

void add_crop_answers(const PublicEdition& edition, const Catalogue& words, std::vector<std::string>& answers) {
    const Table* table = table_in(edition, plot_area_table);
    if (table == nullptr) return;
    const NumberFormat numbers(words.language());
    std::map<std::string, std::map<int, CropSum>> sums;
    for (const Row& cells : table->rows) {
        const RowView row(*table, cells);
        const auto area = row.number("area_ha");
        const auto year = row.number("year");
        if (!area || !year) continue;
        CropSum& sum = sums[row.text("crop")][static_cast<int>(*year)];
        sum.area += geo::Hectares(*area);
        sum.lo += geo::Hectares(row.number("area_lo_ha").value_or(*area));
        sum.hi += geo::Hectares(row.number("area_hi_ha").value_or(*area));
        sum.regions.insert(row.text("region_id"));
    }
    for (const auto& [crop, years] : sums) {
        const auto& [year, sum] = *years.rbegin();
        answers.push_back(words.text("public.answer.crop"_msg,
                                     {{"year", std::to_string(year)},
                                      {"crop", words.find("crop." + crop).value_or(crop)},
                                      {"area", numbers.hectares(sum.area, sum.lo, sum.hi)},
                                      {"regions", numbers.integer(static_cast<long>(sum.regions.size()))},
                                      {"all", numbers.integer(static_cast<long>(edition.regions.size()))}}));
    }
}

void add_reach_answer(const PublicEdition& edition, const Catalogue& words, std::vector<std::string>& answers) {
    const Table* table = table_in(edition, coverage_table);
    if (table == nullptr) return;
    const NumberFormat numbers(words.language());
    long regions = 0;
    double registered = 0;
    double delivered = 0;
    for (const Row& cells : table->rows) {
        const RowView row(*table, cells);
        const bool total = row.text("component") == "any" && row.text("group") == "all" && row.text("sex") == "all" &&
                           row.text("ethnicity") == "all";
        const auto all = row.number("registered");
        const auto reached = row.number("delivered");
        if (!total || !all || !reached) continue;
        ++regions;
        registered += *all;
        delivered += *reached;
    }
    if (registered <= 0) return;
    answers.push_back(words.text("public.answer.reach"_msg, {{"regions", numbers.integer(regions)},
                                                             {"registered", numbers.number(registered, 0)},
                                                             {"delivered", numbers.number(delivered, 0)},
                                                             {"share", numbers.percent(delivered / registered)}}));
}

void add_readiness_answer(const PublicEdition& edition, const Catalogue& words, std::vector<std::string>& answers) {
    const Table* table = table_in(edition, readiness_table);
    if (table == nullptr) return;
    const NumberFormat numbers(words.language());
    std::map<std::string, long> states;
    for (const Row& cells : table->rows)
        ++states[RowView(*table, cells).text("state")];
    answers.push_back(
        words.text("public.answer.readiness"_msg, {{"total", numbers.integer(static_cast<long>(table->rows.size()))},
                                                   {"ready", numbers.integer(states["READY"])},
                                                   {"conditional", numbers.integer(states["CONDITIONAL"])},
                                                   {"not_ready", numbers.integer(states["NOT_READY"])},
                                                   {"insufficient", numbers.integer(states["INSUFFICIENT_DATA"])}}));
}

void add_welfare_answer(const PublicEdition& edition, const Catalogue& words, std::vector<std::string>& answers) {
    const Table* table = table_in(edition, welfare_table);
    if (table == nullptr) {
        answers.push_back(words.text("beside.unknown"_msg));
        return;
    }
    const NumberFormat numbers(words.language());
    std::set<std::string> indicators;
    long known = 0;
    for (const Row& cells : table->rows) {
        const RowView row(*table, cells);
        indicators.insert(row.text("indicator"));
        if (row.number("value")) ++known;
    }
    const auto rows = static_cast<double>(table->rows.size());
    answers.push_back(words.text("public.answer.welfare"_msg,
                                 {{"indicators", numbers.integer(static_cast<long>(indicators.size()))},
                                  {"unknown_share", numbers.percent(1 - static_cast<double>(known) / rows)}}));
}

}  // namespace

std::vector<std::string> public_answers(const PublicEdition& edition, const Catalogue& words) {
    std::vector<std::string> answers;
    add_crop_answers(edition, words, answers);
    add_welfare_answer(edition, words, answers);
    add_reach_answer(edition, words, answers);
    add_readiness_answer(edition, words, answers);
    return answers;
}

std::string public_cell_word(const Column& column, const std::string& code, const Catalogue& words) {
    if (code == "all") return words.find("code.all").value_or(code);
    if (column.name == "mechanism") return mechanism_word(code, words);
    if (column.name == "component") return component_word(code, words);
    if (column.name == "unit") return unit_word(code, words);
    static const std::map<std::string_view, std::string> prefixes{
        {"crop", "crop."},         {"state", "state."},
        {"group", "group."},       {"sex", "sex."},
        {"class", "permanence."},  {"ethnicity", "ethnicity."},
        {"indicator", "welfare."}, {"direction", "code.direction."}};
    const auto prefix = prefixes.find(column.name);
    if (prefix == prefixes.end()) return code;
    std::string key = prefix->second + code;
    std::ranges::transform(key, key.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return words.find(key).value_or(code);
}

}  // namespace vereda::report
