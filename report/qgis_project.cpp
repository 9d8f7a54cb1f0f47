#include "report/qgis_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/safe_text.hpp"

namespace vereda::report {

namespace {

bool is_raster(const ProjectLayer& layer) {
    return layer.geometry_type.empty();
}

/// QGIS 3.22 puts an id of its own in the place of one without an underscore.
std::string id_of(const ProjectLayer& layer) {
    return "vereda_" + layer.name;
}

std::string source_of(const ProjectLayer& layer) {
    return "./" + layer.path + (is_raster(layer) ? "" : "|layername=" + layer.name);
}

std::string crs_xml(const geo::Crs& crs) {
    return fmt::format("<spatialrefsys nativeFormat=\"Wkt\"><wkt>{}</wkt></spatialrefsys>", escaped(crs.wkt()));
}

/// What stands inside <qgis> of a style, and its attributes that a layer of a project carries itself.
std::string style_body(const std::string& qml) {
    const std::size_t root = qml.find("<qgis");
    const std::size_t open = root == std::string::npos ? root : qml.find('>', root);
    const std::size_t close = qml.rfind("</qgis>");
    if (open == std::string::npos || close == std::string::npos || close < open) return {};
    return qml.substr(open + 1, close - open - 1);
}

std::string tree_layer(const ProjectLayer& layer) {
    return fmt::format(
        "  <layer-tree-layer id=\"{0}\" name=\"{1}\" source=\"{2}\" providerKey=\"{3}\" checked=\"{4}\" "
        "expanded=\"0\"/>\n",
        escaped(id_of(layer)), escaped(layer.title), escaped(source_of(layer)), is_raster(layer) ? "gdal" : "ogr",
        layer.shown ? "Qt::Checked" : "Qt::Unchecked");
}

std::string geometry_word(const ProjectLayer& layer) {
    return layer.geometry_type.ends_with("Point") ? "Point" : "Polygon";
}

std::string map_layer(const ProjectLayer& layer) {
    const bool labels = layer.qml.find("labelsEnabled=\"1\"") != std::string::npos;
    const std::string kind = is_raster(layer) ? std::string("type=\"raster\"")
                                              : fmt::format("type=\"vector\" geometry=\"{}\" labelsEnabled=\"{}\"",
                                                            geometry_word(layer), labels ? 1 : 0);
    return fmt::format(
        "  <maplayer {}>\n<id>{}</id><datasource>{}</datasource><layername>{}</layername>{}"
        "<provider encoding=\"UTF-8\">{}</provider>{}</maplayer>\n",
        kind, escaped(id_of(layer)), escaped(source_of(layer)), escaped(layer.title),
        "<srs>" + crs_xml(layer.crs) + "</srs>", is_raster(layer) ? "gdal" : "ogr", style_body(layer.qml));
}

/// Year and crop out of "plots_2016_coca": layers of the same kind and crop, whose last year is shown.
std::string without_digits(std::string name) {
    std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
    return name;
}

}  // namespace

std::vector<ProjectLayer> project_layers(const std::vector<MapLayer>& layers, const std::string& path,
                                         const Catalogue& words) {
    std::vector<ProjectLayer> result;
    std::map<std::string, std::string> last;
    for (const MapLayer& layer : layers)
        last[without_digits(layer.name)] = std::max(last[without_digits(layer.name)], layer.name);
    for (const MapLayer& layer : layers) {
        const bool newest = last[without_digits(layer.name)] == layer.name;
        result.push_back({layer.name, layer.description.substr(0, layer.description.find(". ")),
                          words.at("qgis.group." + layer.group), newest && layer.shown, layer.geometry_type, path,
                          layer.qml, layer.crs});
    }
    return result;
}

std::string qgis_project(const std::string& title, const std::vector<ProjectLayer>& layers, const geo::Crs& crs,
                         const geo::Box& extent) {
    std::vector<std::string> groups;
    for (const ProjectLayer& layer : layers) {
        if (std::ranges::find(groups, layer.group) == groups.end()) groups.push_back(layer.group);
    }
    std::string text = fmt::format(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis projectname=\"{0}\" version=\"3.22.0\">\n"
        "<title>{0}</title>\n<projectCrs>{1}</projectCrs>\n<layer-tree-group>\n",
        escaped(title), crs_xml(crs));
    for (const std::string& group : groups) {
        const bool any = std::ranges::any_of(layers, [&](const auto& l) { return l.group == group && l.shown; });
        text += fmt::format(" <layer-tree-group name=\"{}\" checked=\"{}\" expanded=\"{}\">\n", escaped(group),
                            any ? "Qt::Checked" : "Qt::Unchecked", any ? 1 : 0);
        for (const ProjectLayer& layer : layers) {
            if (layer.group == group) text += tree_layer(layer);
        }
        text += " </layer-tree-group>\n";
    }
    text += fmt::format(
        "</layer-tree-group>\n<mapcanvas name=\"theMapCanvas\"><units>meters</units><extent><xmin>{}</xmin><ymin>{}"
        "</ymin><xmax>{}</xmax><ymax>{}</ymax></extent><destinationsrs>{}</destinationsrs></mapcanvas>\n"
        "<projectlayers>\n",
        extent.min.x, extent.min.y, extent.max.x, extent.max.y, crs_xml(crs));
    for (const ProjectLayer& layer : layers)
        text += map_layer(layer);
    return text +
           "</projectlayers>\n<properties><SpatialRefSys><ProjectionsEnabled type=\"int\">1"
           "</ProjectionsEnabled></SpatialRefSys><Paths><Absolute type=\"bool\">false</Absolute></Paths></properties>\n"
           "</qgis>\n";
}

}  // namespace vereda::report
