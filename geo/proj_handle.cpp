#include "geo/proj_handle.hpp"

#include "geo/error.hpp"

namespace vereda::geo {

ProjContext new_proj_context() {
    ProjContext context(proj_context_create());
    if (!context) throw Error(ErrorKind::resource, {"memory.exhausted"_msg, {}});
    proj_context_set_enable_network(context.get(), 0);
    proj_log_level(context.get(), PJ_LOG_NONE);
    return context;
}

PJ_CONTEXT* thread_proj_context() {
    thread_local const ProjContext context = new_proj_context();
    return context.get();
}

ProjObject proj_crs(PJ_CONTEXT* context, const std::string& wkt) {
    ProjObject object(proj_create(context, wkt.c_str()));
    if (!object) throw Error(ErrorKind::internal, {"crs.unknown"_msg, {{"text", wkt}}});
    return object;
}

}  // namespace vereda::geo
