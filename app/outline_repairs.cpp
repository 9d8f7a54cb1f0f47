#include "app/outline_repairs.hpp"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <utility>

#include "geo/topology.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t batch_vertices = 8192;  // so that handing on costs little beside the work

std::size_t vertices_of(const MultiPolygon& outline) {
    std::size_t count = 1;  // nothing at all is work, too
    for (const Polygon& part : outline) {
        count += part.outer.size();
        for (const Ring& inner : part.inners)
            count += inner.size();
    }
    return count;
}

}  // namespace

OutlineRepairs::OutlineRepairs(Parallelism parallelism, Progress* progress) : progress_(progress) {
    const unsigned threads = parallelism.jobs > 0 ? static_cast<unsigned>(parallelism.jobs)
                                                  : std::max(1U, std::thread::hardware_concurrency());
    try {
        while (followers_.size() + 1 < threads)
            followers_.emplace_back([this] { follow(); });
    } catch (const std::system_error&) {
        // finish() does what nobody else does.
    }
}

OutlineRepairs::~OutlineRepairs() {
    {
        const std::scoped_lock lock(mutex_);
        given_up_ = true;
    }
    stop();
}

void OutlineRepairs::stop() {
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
    for (std::thread& follower : followers_)
        follower.join();
    followers_.clear();
}

void OutlineRepairs::add(MultiPolygon outline) {
    open_vertices_ += vertices_of(outline);
    open_.push_back({std::move(outline), nullptr});
    if (open_vertices_ < batch_vertices) return;
    hand_on();
    changed_.notify_one();
}

void OutlineRepairs::hand_on() {
    const std::scoped_lock lock(mutex_);
    batches_.push_back(std::exchange(open_, {}));
    open_vertices_ = 0;
}

void OutlineRepairs::follow() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return closed_ || next_ < batches_.size(); });
        if (given_up_ || next_ == batches_.size()) return;
        work_off(lock);
    }
}

/// Takes the next batch; the lock is held before and after, not meanwhile.
void OutlineRepairs::work_off(std::unique_lock<std::mutex>& lock) {
    const std::size_t own = next_++;
    Batch& batch = batches_[own];
    const bool counted = closed_;
    lock.unlock();
    std::exception_ptr failure;
    try {
        if (progress_ != nullptr) progress_->check();
        for (Job& job : batch) {
            Repair repaired = repair(std::move(job.outline));
            job.outline = std::move(repaired.polygons);
            if (repaired.problem) job.problem = std::make_unique<std::string>(std::move(repaired.problem->reason));
            if (progress_ != nullptr && counted) progress_->advance();
        }
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    if (failure && (!failure_ || own < failed_)) {
        failed_ = own;
        failure_ = failure;
        given_up_ = true;
    }
}

void OutlineRepairs::finish(const std::function<void(std::size_t, MultiPolygon&&, const std::string*)>& visit) {
    hand_on();
    {
        std::unique_lock lock(mutex_);
        std::int64_t left = 0;
        for (std::size_t i = next_; i < batches_.size(); ++i)
            left += static_cast<std::int64_t>(batches_[i].size());
        if (progress_ != nullptr) progress_->start_stage({"zonal.stage_checking"_msg, {}}, left);
        closed_ = true;
        changed_.notify_all();
        while (!given_up_ && next_ < batches_.size())
            work_off(lock);
    }
    stop();
    if (failure_) std::rethrow_exception(failure_);
    std::size_t number = 0;
    for (Batch& batch : batches_)
        for (Job& job : batch)
            visit(number++, std::move(job.outline), job.problem.get());
}

}  // namespace vereda::app
