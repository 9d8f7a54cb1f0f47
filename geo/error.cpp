#include "geo/error.hpp"

#include <utility>

namespace vereda::geo {

Error::Error(ErrorKind kind, Message message, Locus locus)
    : kind_(kind), message_(std::move(message)), locus_(std::move(locus)), what_(message_.id.text()) {
    for (const auto& [name, value] : message_.arguments)
        what_ += " " + name + "=" + value;
}

Error& Error::in_file(std::string file) {
    if (locus_.file.empty()) locus_.file = std::move(file);
    return *this;
}

Error& Error::in_layer(std::string layer) {
    if (locus_.layer.empty()) locus_.layer = std::move(layer);
    return *this;
}

Error& Error::at_feature(std::string feature) {
    if (locus_.feature.empty()) locus_.feature = std::move(feature);
    return *this;
}

Error& Error::at_line(long line) {
    if (locus_.line == 0) locus_.line = line;
    return *this;
}

Error& Error::in_field(std::string field) {
    if (locus_.field.empty()) locus_.field = std::move(field);
    return *this;
}

}  // namespace vereda::geo
