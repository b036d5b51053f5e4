// core: time as an argument. Instants are UTC milliseconds since 1970; days are dates in the library's zone.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kedge {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::int64_t now_ms() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override;
};

// Set by one thread while others read it.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t start_ms) : now_ms_(start_ms) {}
  [[nodiscard]] std::int64_t now_ms() const override { return now_ms_; }
  void advance(std::int64_t by_ms) { now_ms_ += by_ms; }

 private:
  std::atomic<std::int64_t> now_ms_;
};

// A date of people's lives, "2026-03-14"; no time, no zone. Empty means none.
class Date {
 public:
  Date() = default;
  // Exactly yyyy-mm-dd of a day that exists, years 1900 to 2199.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text);
  // The day that it is in an IANA zone ("America/Chicago") at an instant; unknown zones count as UTC.
  [[nodiscard]] static Date at(std::int64_t instant_ms, const std::string& zone);
  [[nodiscard]] static Date from_days(std::int64_t days_since_1970);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::int64_t days() const;  // since 1970-01-01
  auto operator<=>(const Date&) const = default;
  bool operator==(const Date&) const = default;

 private:
  std::string text_;
};

}  // namespace kedge
