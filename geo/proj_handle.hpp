/// PROJ's C API behind one owner per handle. Used inside geo/ only.
///
/// A context belongs to one thread at a time, never reaches for the network and never prints.
#pragma once

#include <proj.h>
#include <proj_experimental.h>

#include <memory>
#include <string>

namespace vereda::geo {

struct ProjContextDeleter {
    void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
using ProjContext = std::unique_ptr<PJ_CONTEXT, ProjContextDeleter>;

struct ProjObjectDeleter {
    void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
using ProjObject = std::unique_ptr<PJ, ProjObjectDeleter>;

/// A fresh context: network off, messages kept silent.
[[nodiscard]] ProjContext new_proj_context();
/// The calling thread's own context, made on first use.
[[nodiscard]] PJ_CONTEXT* thread_proj_context();

/// The CRS of a WKT text that Crs made. Throws Error(internal, "crs.unknown") when PROJ cannot read it back.
[[nodiscard]] ProjObject proj_crs(PJ_CONTEXT* context, const std::string& wkt);

}  // namespace vereda::geo
