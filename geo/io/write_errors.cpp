#include "geo/io/write_errors.hpp"

namespace vereda::geo::io {

Error read_back_differs(const std::string& path) {
    Locus locus;
    locus.file = path;
    return Error(ErrorKind::resource, {"file.read_back_differs"_msg, {}}, locus);
}

Error not_written(const std::string& path, const std::string& reason) {
    Locus locus;
    locus.file = path;
    return Error(ErrorKind::resource, {"file.not_written"_msg, {{"reason", reason}}}, locus);
}

}  // namespace vereda::geo::io
