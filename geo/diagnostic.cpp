#include "geo/diagnostic.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace vereda::geo {

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
    std::ranges::sort(result, {}, [](const Diagnostic& d) {
        return std::tuple(d.locus, d.message.id, d.message.arguments, d.severity);
    });
    return result;
}

std::size_t Diagnostics::count(Severity severity) const {
    const std::scoped_lock lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count(entries_, severity, &Diagnostic::severity));
}

}  // namespace vereda::geo
