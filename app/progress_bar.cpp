#include "app/progress_bar.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace vereda::app {

using namespace geo;

namespace {

constexpr auto between_draws = std::chrono::milliseconds(100);
constexpr int bar_width = 24;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string short_duration(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {:02} min", seconds / 3600, seconds % 3600 / 60);
}

ProgressBar::ProgressBar(std::ostream& out, const Messages& messages, int columns)
    : out_(out), messages_(messages), columns_(columns) {}

ProgressBar::~ProgressBar() {
    clear();
}

void ProgressBar::start_stage(Message name, std::int64_t total) {
    Progress::start_stage(name, total);
    const std::scoped_lock lock(mutex_);
    stage_ = messages_.text(name);
    total_ = total;
    started_ = Clock::now();
    draw(0, started_);
}

void ProgressBar::clear() {
    const std::scoped_lock lock(mutex_);
    if (drawn_)
        out_ << '\r' << std::string(static_cast<std::size_t>(std::max(columns_ - 1, 0)), ' ') << '\r' << std::flush;
    drawn_ = false;
}

void ProgressBar::shown(std::int64_t done) {
    const Clock::time_point now = Clock::now();
    if (now.time_since_epoch().count() < next_draw_.load(std::memory_order_relaxed)) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock()) draw(done, now);
}

void ProgressBar::draw(std::int64_t done, Clock::time_point now) {
    next_draw_.store((now + between_draws).time_since_epoch().count(), std::memory_order_relaxed);
    const double share = total_ > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total_), 0.0, 1.0) : 0;
    const int full = static_cast<int>(share * bar_width);
    std::string line = fmt::format("{} [{}{}] {:3.0f} %", stage_, std::string(static_cast<std::size_t>(full), '#'),
                                   std::string(static_cast<std::size_t>(bar_width - full), '.'), share * 100);
    if (share > 0.01 && share < 1) {
        const std::chrono::duration<double> spent = now - started_;
        const auto left = std::chrono::seconds(static_cast<long>(spent.count() * (1 - share) / share + 0.5));
        line += " " + messages_.text({"progress.left"_msg, {{"time", short_duration(left)}}});
    }
    const std::size_t room = static_cast<std::size_t>(std::max(columns_ - 1, 1));
    const std::size_t width = characters(line);
    if (width < room) line.append(room - width, ' ');
    if (width <= room) out_ << '\r' << line << std::flush;
    drawn_ = true;
}

}  // namespace vereda::app
