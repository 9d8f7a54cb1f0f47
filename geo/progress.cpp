#include "geo/progress.hpp"

namespace vereda::geo {

void Progress::start_stage(Message, std::int64_t) {
    done_.store(0, std::memory_order_relaxed);
}

void Progress::advance(std::int64_t steps) {
    check();
    shown(done_.fetch_add(steps, std::memory_order_relaxed) + steps);
}

void Progress::check() const {
    const int reason = stop_.load(std::memory_order_relaxed);
    if (reason != 0) throw Error(static_cast<ErrorKind>(reason), {"run.interrupted"_msg, {}});
}

void Progress::shown(std::int64_t) {}

}  // namespace vereda::geo
