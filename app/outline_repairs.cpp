#include "app/outline_repairs.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "geo/topology.hpp"

namespace vereda::app {

using namespace geo;

namespace {

constexpr std::size_t together = 16;  // outlines begun by one thread at once

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
    std::size_t waiting = 0;
    {
        const std::scoped_lock lock(mutex_);
        jobs_.push_back({std::move(outline), nullptr});
        waiting = jobs_.size() - next_;
    }
    if (waiting % together == 0) changed_.notify_one();
}

void OutlineRepairs::follow() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return closed_ || jobs_.size() >= next_ + together; });
        if (given_up_ || next_ == jobs_.size()) return;
        work_off(lock);
    }
}

/// Takes the next few jobs; the lock is held before and after, not meanwhile.
void OutlineRepairs::work_off(std::unique_lock<std::mutex>& lock) {
    const std::size_t first = next_;
    const std::size_t count = std::min(together, jobs_.size() - first);
    std::array<Job*, together> own{};
    for (std::size_t i = 0; i < count; ++i)
        own[i] = &jobs_[first + i];
    next_ += count;
    const bool counted = closed_;
    lock.unlock();
    std::size_t done = 0;
    std::exception_ptr failure;
    try {
        for (; done < count; ++done) {
            if (progress_ != nullptr) progress_->check();
            Repair repaired = repair(std::move(own[done]->outline));
            own[done]->outline = std::move(repaired.polygons);
            if (repaired.problem)
                own[done]->problem = std::make_unique<std::string>(std::move(repaired.problem->reason));
            if (progress_ != nullptr && counted) progress_->advance();
        }
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    if (failure && (!failure_ || first + done < failed_)) {
        failed_ = first + done;
        failure_ = failure;
        given_up_ = true;
    }
}

void OutlineRepairs::finish(const std::function<void(std::size_t, MultiPolygon&&, const std::string*)>& visit) {
    {
        std::unique_lock lock(mutex_);
        if (progress_ != nullptr)
            progress_->start_stage({"zonal.stage_checking"_msg, {}}, static_cast<std::int64_t>(jobs_.size() - next_));
        closed_ = true;
        changed_.notify_all();
        while (!given_up_ && next_ < jobs_.size())
            work_off(lock);
    }
    stop();
    if (failure_) std::rethrow_exception(failure_);
    for (std::size_t i = 0; i < jobs_.size(); ++i)
        visit(i, std::move(jobs_[i].outline), jobs_[i].problem.get());
}

}  // namespace vereda::app
