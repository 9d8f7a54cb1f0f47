#include <string>

#include "report/tables.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

std::string type_text(const Column& column, const Catalogue& words) {
    switch (column.type) {
        case geo::FieldType::integer:
            return words.text("outputs.type.integer"_msg);
        case geo::FieldType::text:
            return words.text("outputs.type.text"_msg);
        case geo::FieldType::date:
            return words.text("outputs.type.date"_msg);
        case geo::FieldType::real:
            break;
    }
    if (column.decimals == shortest_round_trip) return words.text("outputs.type.real"_msg);
    return words.text("outputs.type.fixed"_msg, {{"decimals", std::to_string(column.decimals)}});
}

std::string privacy_text(Privacy privacy, const Catalogue& words) {
    switch (privacy) {
        case Privacy::open:
            return "";
        case Privacy::internal:
            return words.text("outputs.internal"_msg);
        case Privacy::personal:
            return "**" + words.text("outputs.personal"_msg) + "**";
    }
    return "";
}

void append_table(std::string& page, const TableDeclaration& table, const Catalogue& words) {
    page.append("\n## `").append(table.name).append("`\n\n");
    page += "**" + words.text(table.title) + "** " + words.text(table.about) + "\n\n";
    page += words.text(table.audience == Audience::public_safe ? "outputs.audience.public_safe"_msg
                                                               : "outputs.audience.internal"_msg);
    page += "\n\n| " + words.text("outputs.column"_msg) + " | " + words.text("outputs.type"_msg) + " | " +
            words.text("outputs.unit"_msg) + " | " + words.text("outputs.meaning"_msg) + " | " +
            words.text("outputs.privacy"_msg) + " |\n|---|---|---|---|---|\n";
    for (const Column& column : table.columns) {
        page.append("| `").append(column.name).append("` | ").append(type_text(column, words)).append(" | ");
        page.append(column.unit).append(" | ").append(words.text(column.about)).append(" | ");
        page.append(privacy_text(column.privacy, words)).append(" |\n");
    }
}

}  // namespace

std::string outputs_markdown(const Catalogue& words) {
    std::string page = "# " + words.text("outputs.title"_msg) + "\n\n" + words.text("outputs.intro"_msg) + "\n";
    for (const TableDeclaration* table : declared_tables())
        append_table(page, *table, words);
    return page;
}

}  // namespace vereda::report
