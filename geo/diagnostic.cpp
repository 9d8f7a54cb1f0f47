#include "geo/diagnostic.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vereda::geo {

namespace {

auto order(const Diagnostic& d) {
    return std::tie(d.locus, d.message.id, d.message.arguments, d.severity);
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
    const std::scoped_lock lock(mutex_);
    entries_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    std::vector<Diagnostic> result;
    {
        const std::scoped_lock lock(mutex_);
        result = entries_;
    }
    std::ranges::stable_sort(result, {}, order);
    const auto repeated = std::ranges::unique(result, {}, order);
    result.erase(repeated.begin(), repeated.end());
    return result;
}

std::size_t Diagnostics::count(Severity severity) const {
    return static_cast<std::size_t>(std::ranges::count(sorted(), severity, &Diagnostic::severity));
}

}  // namespace vereda::geo
