#include "geo/crs.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "geo/error.hpp"
#include "geo/proj_handle.hpp"

namespace vereda::geo {

struct Crs::State {
    std::string wkt;
    std::string label;
    bool geographic = false;
    double unit_factor = 1;
    Ellipsoid ellipsoid;
};

namespace {

constexpr std::size_t longest_definition = 1 << 20;
constexpr int deepest_definition = 64;
constexpr int sure_identification = 90;  // PROJ's confidence in per cent

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// Opengis.net addresses and URNs are names that PROJ looks up in its own database; every other address, and a PROJ
/// string that names a file, would make a reader open something else.
void refuse_references(std::string_view text) {
    const std::string low = lower(text);
    const bool well_known = low.starts_with("http://www.opengis.net/def/crs/") ||
                            low.starts_with("https://www.opengis.net/def/crs/") ||
                            low.starts_with("http://opengis.net/def/crs/");
    const bool definition = low.find('[') != std::string::npos || low.starts_with('{');
    const bool address = !well_known && !definition && low.find("://") != std::string::npos;
    const bool proj_string = low.find("+proj") != std::string::npos || low.find("+init") != std::string::npos;
    const bool file =
        proj_string && (low.find('/') != std::string::npos || low.find('\\') != std::string::npos ||
                        (low.find("+init=") != std::string::npos && low.find("+init=epsg:") == std::string::npos));
    if (address || file || low.starts_with('@') || low.starts_with("/vsi")) {
        throw Error(ErrorKind::policy, {"crs.reference"_msg, {{"text", std::string(text.substr(0, 200))}}});
    }
}

bool nested_too_deep(std::string_view text) {
    int depth = 0;
    for (const char c : text) {
        if (c == '[' || c == '(' || c == '{') ++depth;
        if (c == ']' || c == ')' || c == '}') --depth;
        if (depth > deepest_definition) return true;
    }
    return false;
}

Error unknown(std::string_view text) {
    return Error(ErrorKind::input, {"crs.unknown"_msg, {{"text", std::string(text.substr(0, 200))}}});
}

ProjObject created(PJ_CONTEXT* context, std::string_view text) {
    std::string definition(text);
    if (definition.find("+proj") != std::string::npos && definition.find("+type=crs") == std::string::npos) {
        definition += " +type=crs";
    }
    ProjObject object(proj_create(context, definition.c_str()));
    if (!object || proj_is_crs(object.get()) == 0) throw unknown(text);
    return object;
}

/// The horizontal two-dimensional part.
ProjObject horizontal(PJ_CONTEXT* context, ProjObject object, std::string_view text) {
    if (proj_get_type(object.get()) == PJ_TYPE_COMPOUND_CRS) {
        object.reset(proj_crs_get_sub_crs(context, object.get(), 0));
        if (!object) throw unknown(text);
    }
    ProjObject source;
    if (proj_get_type(object.get()) == PJ_TYPE_BOUND_CRS) source.reset(proj_get_source_crs(context, object.get()));
    switch (proj_get_type(source ? source.get() : object.get())) {
        case PJ_TYPE_GEOGRAPHIC_2D_CRS:
            return object;
        case PJ_TYPE_GEOGRAPHIC_3D_CRS:
        case PJ_TYPE_PROJECTED_CRS: {
            ProjObject flat(proj_crs_demote_to_2D(context, nullptr, object.get()));
            return flat ? std::move(flat) : std::move(object);
        }
        default:
            throw Error(ErrorKind::input, {"crs.not_horizontal"_msg, {{"text", std::string(text.substr(0, 200))}}});
    }
}

/// The CRS without the transformation that WKT1's TOWGS84 bound to it.
ProjObject unbound(PJ_CONTEXT* context, const PJ* object) {
    if (proj_get_type(object) == PJ_TYPE_BOUND_CRS) return ProjObject(proj_get_source_crs(context, object));
    return ProjObject(proj_clone(context, object));
}

std::string authority_code(const PJ* object) {
    const char* authority = proj_get_id_auth_name(object, 0);
    const char* code = proj_get_id_code(object, 0);
    return authority != nullptr && code != nullptr ? std::string(authority) + ":" + code : std::string();
}

std::string identified(PJ_CONTEXT* context, const PJ* object) {
    int* confidence = nullptr;
    PJ_OBJ_LIST* matches = proj_identify(context, object, "EPSG", nullptr, &confidence);
    std::string label;
    if (matches != nullptr && proj_list_get_count(matches) > 0 && confidence[0] >= sure_identification) {
        const ProjObject best(proj_list_get(context, matches, 0));
        if (best) label = authority_code(best.get());
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(matches);
    return label;
}

std::string label_of(PJ_CONTEXT* context, const PJ* object) {
    if (std::string label = authority_code(object); !label.empty()) return label;
    if (std::string label = identified(context, object); !label.empty()) return label;
    const char* name = proj_get_name(object);
    return name == nullptr ? std::string() : std::string(name);
}

Ellipsoid ellipsoid_of(PJ_CONTEXT* context, const PJ* object, std::string_view text) {
    const ProjObject ellipsoid(proj_get_ellipsoid(context, object));
    double semi_major = 0;
    double inverse_flattening = 0;
    if (!ellipsoid || proj_ellipsoid_get_parameters(context, ellipsoid.get(), &semi_major, nullptr, nullptr,
                                                    &inverse_flattening) == 0) {
        throw unknown(text);
    }
    return Ellipsoid{Metres(semi_major), inverse_flattening};
}

double unit_factor_of(PJ_CONTEXT* context, const PJ* object, std::string_view text) {
    const ProjObject system(proj_crs_get_coordinate_system(context, object));
    double factor = 0;
    if (!system || proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr,
                                         nullptr) == 0) {
        throw unknown(text);
    }
    return factor;
}

std::string wkt_of(PJ_CONTEXT* context, const PJ* object, std::string_view text) {
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* wkt = proj_as_wkt(context, object, PJ_WKT2_2019, options);
    if (wkt == nullptr) throw unknown(text);
    return wkt;
}

}  // namespace

Crs Crs::parse(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0)
        text.remove_suffix(1);
    refuse_references(text);
    if (text.empty() || text.size() > longest_definition || text.find('\0') != std::string_view::npos ||
        nested_too_deep(text)) {
        throw unknown(text);
    }
    PJ_CONTEXT* context = thread_proj_context();
    const ProjObject object = horizontal(context, created(context, text), text);
    const ProjObject plain = unbound(context, object.get());
    if (!plain) throw unknown(text);
    auto state = std::make_shared<State>();
    state->wkt = wkt_of(context, object.get(), text);
    state->label = label_of(context, plain.get());
    state->geographic = proj_get_type(plain.get()) != PJ_TYPE_PROJECTED_CRS;
    state->unit_factor = unit_factor_of(context, plain.get(), text);
    state->ellipsoid = ellipsoid_of(context, plain.get(), text);
    return Crs(std::move(state));
}

const Crs& Crs::wgs84() {
    static const Crs crs = parse("EPSG:4326");
    return crs;
}

const std::string& Crs::wkt() const {
    return state_->wkt;
}
const std::string& Crs::label() const {
    return state_->label;
}
bool Crs::is_geographic() const {
    return state_->geographic;
}
double Crs::unit_factor() const {
    return state_->unit_factor;
}
const Ellipsoid& Crs::ellipsoid() const {
    return state_->ellipsoid;
}

std::string Crs::projjson() const {
    PJ_CONTEXT* context = thread_proj_context();
    const ProjObject object = proj_crs(context, state_->wkt);
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* json = proj_as_projjson(context, object.get(), options);
    if (json == nullptr) throw unknown(state_->label);
    return json;
}

bool operator==(const Crs& a, const Crs& b) {
    if (a.state_ == b.state_ || a.state_->wkt == b.state_->wkt) return true;
    if (a.state_->geographic != b.state_->geographic) return false;
    PJ_CONTEXT* context = thread_proj_context();
    const ProjObject left = proj_crs(context, a.state_->wkt);
    const ProjObject right = proj_crs(context, b.state_->wkt);
    return proj_is_equivalent_to_with_ctx(context, left.get(), right.get(),
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

}  // namespace vereda::geo
