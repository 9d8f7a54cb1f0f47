#include "geo/parallel.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace vereda::geo {

namespace {

std::size_t threads_for(Parallelism parallelism, std::size_t items) {
    const std::size_t wanted = parallelism.jobs > 0 ? static_cast<std::size_t>(parallelism.jobs)
                                                    : std::max<std::size_t>(1, std::thread::hardware_concurrency());
    return std::clamp<std::size_t>(items, 1, wanted);
}

/// Runs `body` on this thread and on up to `threads` - 1 more; where the system refuses threads, on fewer.
void run_on(std::size_t threads, const std::function<void()>& body) {
    std::vector<std::jthread> others;
    try {
        others.reserve(threads - 1);
        while (others.size() + 1 < threads)
            others.emplace_back(body);
    } catch (const std::system_error&) {
        // The loop is right with any number of threads.
    }
    body();
}

/// The failure with the lowest item number. Items are claimed in ascending order and every claimed one finishes, so the
/// lowest failing item is always among those that ran.
class FirstFailure {
  public:
    void record(std::size_t item, std::exception_ptr failure) {
        if (failure_ == nullptr || item < item_) {
            item_ = item;
            failure_ = std::move(failure);
        }
    }
    [[nodiscard]] bool before(std::size_t item) const { return failure_ != nullptr && item_ <= item; }
    [[nodiscard]] bool any() const { return failure_ != nullptr; }
    void rethrow() const {
        if (failure_ != nullptr) std::rethrow_exception(failure_);
    }

  private:
    std::size_t item_ = 0;
    std::exception_ptr failure_;
};

/// State of one ordered loop, shared by its threads.
class OrderedLoop {
  public:
    using Step = std::function<void(std::size_t, std::size_t)>;

    OrderedLoop(std::size_t count, std::size_t slots, const Step& produce, const Step& consume, Progress* progress)
        : count_(count), slots_(slots), produce_(produce), consume_(consume), progress_(progress), ready_(slots, 0) {}

    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [&] { return finished() || next_ < consumed_ + slots_ || next_ == count_; });
            if (finished() || next_ == count_) return;
            const std::size_t item = next_++;
            lock.unlock();
            std::exception_ptr failure;
            try {
                produce_(item, item % slots_);
            } catch (...) {
                failure = std::current_exception();
            }
            lock.lock();
            if (failure != nullptr) {
                failure_.record(item, failure);
            } else {
                ready_[item % slots_] = 1;
                hand_on(lock);
            }
            changed_.notify_all();
        }
    }

    void rethrow() const { failure_.rethrow(); }

  private:
    [[nodiscard]] bool finished() const { return failure_.any(); }

    /// Consumes what is ready, in order. Only one thread at a time does; the others leave their results for it.
    void hand_on(std::unique_lock<std::mutex>& lock) {
        if (consuming_) return;
        consuming_ = true;
        while (consumed_ < count_ && ready_[consumed_ % slots_] != 0 && !failure_.before(consumed_)) {
            const std::size_t item = consumed_;
            lock.unlock();
            std::exception_ptr failure;
            try {
                consume_(item, item % slots_);
                if (progress_ != nullptr) progress_->advance();
            } catch (...) {
                failure = std::current_exception();
            }
            lock.lock();
            if (failure != nullptr) {
                failure_.record(item, failure);
                break;
            }
            ready_[item % slots_] = 0;
            ++consumed_;
            changed_.notify_all();
        }
        consuming_ = false;
    }

    const std::size_t count_;
    const std::size_t slots_;
    const Step& produce_;
    const Step& consume_;
    Progress* const progress_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<char> ready_;
    std::size_t next_ = 0;      ///< first item nobody has claimed
    std::size_t consumed_ = 0;  ///< items handed on
    bool consuming_ = false;
    FirstFailure failure_;
};

}  // namespace

void parallel_for(std::size_t count, Parallelism parallelism, const std::function<void(std::size_t)>& work,
                  Progress* progress) {
    std::mutex mutex;
    std::size_t next = 0;
    FirstFailure failure;
    run_on(threads_for(parallelism, count), [&] {
        while (true) {
            std::size_t item = 0;
            {
                const std::scoped_lock lock(mutex);
                if (failure.any() || next == count) return;
                item = next++;
            }
            try {
                work(item);
                if (progress != nullptr) progress->advance();
            } catch (...) {
                const std::scoped_lock lock(mutex);
                failure.record(item, std::current_exception());
            }
        }
    });
    failure.rethrow();
}

namespace detail {

void ordered_loop(std::size_t count, Parallelism parallelism, std::size_t slots,
                  const std::function<void(std::size_t, std::size_t)>& produce,
                  const std::function<void(std::size_t, std::size_t)>& consume, Progress* progress) {
    OrderedLoop loop(count, std::max<std::size_t>(slots, 1), produce, consume, progress);
    run_on(threads_for(parallelism, count), [&] { loop.work(); });
    loop.rethrow();
}

std::size_t default_slots(Parallelism parallelism) {
    return 4 * threads_for(parallelism, static_cast<std::size_t>(-1));
}

}  // namespace detail

}  // namespace vereda::geo
