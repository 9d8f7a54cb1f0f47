#include "livelihoods/price_book.hpp"

#include <algorithm>

#include "geo/calendar.hpp"

namespace vereda::livelihoods {

namespace {

constexpr std::string_view index_good = "cpi";
constexpr int oldest_months = 12;

}  // namespace

PriceBook::PriceBook(std::span<const Price> prices) {
    for (const Price& price : prices)
        series_[{price.good, price.region_id}].push_back(&price);
    for (auto& [key, series] : series_)
        std::ranges::stable_sort(series, {}, &Price::month);
}

const Price* PriceBook::latest(std::string_view good, std::string_view region_id, geo::Month month) const {
    for (const std::string_view where : {region_id, std::string_view()}) {
        const auto found = series_.find({good, where});
        if (found == series_.end()) continue;
        const auto after = std::ranges::upper_bound(found->second, month, {}, &Price::month);
        if (after == found->second.begin()) continue;
        const Price* price = *std::prev(after);
        if (geo::months_between(price->month, month) <= oldest_months) return price;
    }
    return nullptr;
}

std::optional<double> PriceBook::deflator(std::string_view region_id, geo::Month month, geo::Month target) const {
    const Price* then = latest(index_good, region_id, month);
    const Price* now = latest(index_good, region_id, target);
    if (then == nullptr || now == nullptr || !(then->price > 0)) return std::nullopt;
    return now->price / then->price;
}

bool PriceBook::has_index() const {
    return std::ranges::any_of(series_, [](const auto& entry) { return entry.first.first == index_good; });
}

}  // namespace vereda::livelihoods
