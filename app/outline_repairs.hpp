/// Outlines made valid on other threads while more of them are still being read.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "geo/geometry.hpp"
#include "geo/parallel.hpp"
#include "geo/progress.hpp"

namespace vereda::app {

/// add() is for one thread, which then calls finish().
class OutlineRepairs {
  public:
    OutlineRepairs(geo::Parallelism parallelism, geo::Progress* progress);
    OutlineRepairs(const OutlineRepairs&) = delete;
    OutlineRepairs& operator=(const OutlineRepairs&) = delete;
    /// Leaves what is not yet begun undone.
    ~OutlineRepairs();

    void add(geo::MultiPolygon outline);

    /// Hands on all of them, valid, in the order in which they came, with what was wrong or null; of several failures
    /// the first one's is thrown. Progress learns of a stage for what was not yet begun.
    void finish(const std::function<void(std::size_t, geo::MultiPolygon&&, const std::string*)>& visit);

  private:
    struct Job {
        geo::MultiPolygon outline;
        std::unique_ptr<std::string> problem;
    };
    using Batch = std::vector<Job>;

    void hand_on();
    void follow();
    void work_off(std::unique_lock<std::mutex>& lock);
    void stop();

    geo::Progress* progress_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Batch open_;  ///< of the adding thread alone, until it is handed on
    std::size_t open_vertices_ = 0;
    std::deque<Batch> batches_;  ///< stay where they are
    std::size_t next_ = 0;       ///< first batch that nobody has begun
    bool closed_ = false;        ///< no more will come
    bool given_up_ = false;
    std::size_t failed_ = 0;  ///< the first batch that failed
    std::exception_ptr failure_;
    std::vector<std::thread> followers_;
};

}  // namespace vereda::app
