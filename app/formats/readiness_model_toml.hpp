/// Readiness models as TOML (share/vereda/readiness/*.toml; keys: docs/data-model).
#pragma once

#include <string_view>

#include "geo/message.hpp"
#include "livelihoods/readiness_model.hpp"

namespace vereda::app {

/// A validated model. Throws as TomlDocument does, and Error(usage) for words outside their vocabulary, for tests that
/// cannot be read ("readiness_model.test_unreadable") and for models that livelihoods::validated() refuses.
[[nodiscard]] livelihoods::ReadinessModel readiness_model_from_toml(std::string_view text, const geo::Locus& source);

}  // namespace vereda::app
