/// Rule packs as TOML (share/vereda/rules/*.toml; keys: docs/data-model).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "geo/message.hpp"
#include "livelihoods/rule_pack.hpp"

namespace vereda::app {

/// A validated pack. Throws as TomlDocument does, and Error(usage) for words outside their vocabulary and for packs
/// that livelihoods::validated() refuses. An absent key stays unset. `changes` are assignments (see
/// TomlDocument::assign) that the pack is read with, as a what-if asks.
[[nodiscard]] livelihoods::RulePack rule_pack_from_toml(std::string_view text, const geo::Locus& source,
                                                        std::span<const std::string> changes = {});

}  // namespace vereda::app
