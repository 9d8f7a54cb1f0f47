#include "report/datapackage.hpp"

#include <nlohmann/json.hpp>

#include "report/safe_text.hpp"

namespace vereda::report {

using geo::operator""_msg;

namespace {

using Json = nlohmann::ordered_json;

std::string_view schema_type(geo::FieldType type) {
    switch (type) {
        case geo::FieldType::integer:
            return "integer";
        case geo::FieldType::real:
            return "number";
        case geo::FieldType::text:
            return "string";
        case geo::FieldType::date:
            return "date";
    }
    return "any";
}

Json field_json(const Column& column, Edition edition, const Catalogue& words) {
    Json field;
    field["name"] = column.name;
    field["type"] = schema_type(column.type);
    if (column.type == geo::FieldType::real && column.decimals != shortest_round_trip) {
        field["vereda:decimals"] = column.decimals;
    }
    field["description"] = words.text(column.about);
    if (!column.unit.empty()) field["unit"] = column.unit;
    if (column.privacy == Privacy::personal) field["vereda:personal"] = true;
    if (column.privacy != Privacy::open && edition == Edition::public_release) field["vereda:withheld"] = true;
    return field;
}

Json resource_json(const TableFile& file, Edition edition, const Catalogue& words) {
    const TableDeclaration& declaration = *file.table->declaration;
    Json resource;
    resource["name"] = declaration.name;
    resource["title"] = words.text(declaration.title);
    resource["description"] = words.text(declaration.about);
    resource["path"] = safe_text(file.path);
    resource["profile"] = "tabular-data-resource";
    resource["format"] = "csv";
    resource["mediatype"] = "text/csv";
    resource["encoding"] = "utf-8";
    resource["bytes"] = file.bytes;
    resource["hash"] = "sha256:" + file.sha256;
    resource["vereda:audience"] = edition == Edition::public_release ? "public" : "internal";
    resource["vereda:public_edition"] = declaration.audience == Audience::public_safe;
    resource["vereda:rows"] = file.table->row_count();
    Json fields = Json::array();
    for (const Column& column : declaration.columns)
        fields.push_back(field_json(column, edition, words));
    resource["schema"] = {{"fields", fields}, {"missingValues", {""}}};
    return resource;
}

}  // namespace

std::string datapackage_json(std::string_view study_name, std::span<const TableFile> files, Edition edition,
                             const Catalogue& words) {
    Json package;
    package["profile"] = "tabular-data-package";
    package["name"] = edition == Edition::public_release ? "vereda-public" : "vereda-internal";
    package["title"] = safe_text(study_name);
    package["description"] =
        words.text(edition == Edition::public_release ? "package.public"_msg : "package.internal"_msg);
    package["resources"] = Json::array();
    for (const TableFile& file : files)
        package["resources"].push_back(resource_json(file, edition, words));
    return package.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace vereda::report
