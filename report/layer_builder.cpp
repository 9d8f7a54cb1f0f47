#include "report/layer_builder.hpp"

#include <utility>

#include "report/safe_text.hpp"

namespace vereda::report {

namespace {

/// A QML template with every {key} of the catalogue replaced, escaped for XML. Other braces stay as they are.
std::string with_words(const std::string& qml, const Catalogue& words) {
    std::string result;
    std::size_t position = 0;
    while (position < qml.size()) {
        const std::size_t open = qml.find('{', position);
        const std::size_t close = open == std::string::npos ? open : qml.find('}', open);
        if (close == std::string::npos) break;
        result.append(qml, position, open - position);
        const auto text = words.find(std::string_view(qml).substr(open + 1, close - open - 1));
        if (text) {
            result += escaped(*text);
        } else {
            result.append(qml, open, close - open + 1);
        }
        position = close + 1;
    }
    return result.append(qml, position);
}

}  // namespace

void LayerBuilder::field(const std::string& name, geo::FieldType type, geo::MessageId about, std::string_view unit) {
    field(name, type, words_.text(about), unit);
}

void LayerBuilder::field(const std::string& name, geo::FieldType type, const std::string& about,
                         std::string_view unit) {
    layer_.schema.fields.push_back({name, type});
    const std::string alias = about.substr(0, about.find_first_of(",;"));
    layer_.texts.push_back({name, safe_text(shortened(alias, 60)),
                            safe_text(about) + (unit.empty() ? "" : " [" + std::string(unit) + "]")});
}

void LayerBuilder::feature(geo::Geometry geometry, std::vector<geo::Value> values) {
    const auto number = static_cast<std::int64_t>(layer_.features.size()) + 1;
    layer_.features.push_back({number, std::move(geometry), std::move(values)});
}

namespace {

/// QGIS takes aliases from a style; this GDAL hands it none of those in gpkg_data_columns.
std::string with_aliases(const std::string& qml, const std::vector<LayerFieldText>& texts) {
    const std::size_t end = qml.rfind("</qgis>");
    if (end == std::string::npos) return qml;
    std::string aliases = " <aliases>\n";
    for (const LayerFieldText& field : texts)
        aliases += "  <alias field=\"" + escaped(field.name) + "\" name=\"" + escaped(field.alias) + "\"/>\n";
    return qml.substr(0, end) + aliases + " </aliases>\n" + qml.substr(end);
}

}  // namespace

MapLayer LayerBuilder::finished(const Styles& styles, std::string_view style) {
    if (const auto found = styles.find(style); found != styles.end())
        layer_.qml = with_aliases(with_words(found->second, words_), layer_.texts);
    return std::move(layer_);
}

}  // namespace vereda::report
