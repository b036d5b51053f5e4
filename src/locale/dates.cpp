// Dates, numbers, lists and sorting by ICU. Making a formatter costs up to a millisecond, using one a microsecond: each
// thread keeps its own (they are not safe to share).
#include <array>
#include <cassert>
#include <map>
#include <memory>
#include <utility>

#include <unicode/coll.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include "locale/formats.hpp"
#include "locale/words.hpp"

namespace kedge::locale {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// One of a kind for each language of this thread. `make` gives nothing when ICU's data are missing.
template <class T, class Make>
T* of_thread(Language language, Make make) {
  thread_local std::array<std::unique_ptr<T>, kLanguages.size()> cache;
  auto& slot = cache[static_cast<std::size_t>(language)];
  if (!slot) {
    UErrorCode status = U_ZERO_ERROR;
    slot.reset(make(icu_locale(language), status));
    if (U_FAILURE(status) != 0) slot.reset();
  }
  return slot.get();
}

enum class Style { date, short_date, month, moment, day_and_time };

std::unique_ptr<icu::DateFormat> make_format(Language language, Style style, const std::string& zone) {
  const auto& where = icu_locale(language);
  std::unique_ptr<icu::DateFormat> out;
  UErrorCode status = U_ZERO_ERROR;
  switch (style) {
    case Style::date: out.reset(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, where)); break;
    case Style::short_date: out.reset(icu::DateFormat::createInstanceForSkeleton("yMMMd", where, status)); break;
    case Style::month: out.reset(icu::DateFormat::createInstanceForSkeleton("yMMMM", where, status)); break;
    case Style::moment: out.reset(icu::DateFormat::createTimeInstance(icu::DateFormat::kShort, where)); break;
    case Style::day_and_time:
      out.reset(icu::DateFormat::createDateTimeInstance(icu::DateFormat::kLong, icu::DateFormat::kShort, where));
      break;
  }
  if (out) out->adoptTimeZone(icu::TimeZone::createTimeZone(from_utf8(zone)));
  return out;
}

std::string formatted(Language language, Style style, const std::string& zone, std::int64_t instant_ms) {
  using Key = std::pair<std::pair<Language, Style>, std::string>;
  thread_local std::map<Key, std::unique_ptr<icu::DateFormat>> cache;
  if (cache.size() > 256) cache.clear();  // zones come from settings
  auto& slot = cache[{{language, style}, zone}];
  if (!slot) slot = make_format(language, style, zone);
  if (!slot) return {};
  icu::UnicodeString out;
  slot->format(static_cast<UDate>(instant_ms), out);
  out.findAndReplace(icu::UnicodeString(u'\u202f'), icu::UnicodeString(u' '));  // our type faces have no narrow space
  out.findAndReplace(icu::UnicodeString(u'\u00a0'), icu::UnicodeString(u' '));
  return to_utf8(out);
}

// A page says the same few moments again and again, and so does the next: those of this thread that were said last.
std::string format(Language language, Style style, const std::string& zone, std::int64_t instant_ms) {
  struct Said {
    Language language = Language::en;
    Style style = Style::date;
    std::int64_t instant_ms = 0;
    std::string zone;
    std::string words;
  };
  thread_local std::array<Said, 512> kept;
  if (instant_ms > 0 && style != Style::date) instant_ms -= instant_ms % 60'000;  // nothing of it says seconds
  // days lie evenly apart: a multiplication spreads them, its upper bits say where
  const auto mixed = (static_cast<std::uint64_t>(instant_ms / 1000) * 16 + static_cast<std::uint64_t>(style) * 2 + static_cast<std::uint64_t>(language)) * 0x9E3779B97F4A7C15ULL;
  auto& said = kept[(mixed >> 32U) % kept.size()];
  if (said.words.empty() || said.instant_ms != instant_ms || said.style != style || said.language != language || said.zone != zone)
    said = {language, style, instant_ms, zone, formatted(language, style, zone, instant_ms)};
  return said.words;
}

std::string format(Language language, Style style, const Date& date) {
  return date.empty() ? std::string{} : format(language, style, "UTC", date.days() * kDayMs);
}

}  // namespace

const icu::Locale& icu_locale(Language language) {
  static const icu::Locale kEnglish("en", "US");
  static const icu::Locale kSpanish("es", "US");
  switch (language) {
    case Language::en: return kEnglish;
    case Language::es: return kSpanish;
  }
  return kEnglish;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

std::string Words::date(const Date& date) const { return format(language_, Style::date, date); }
std::string Words::short_date(const Date& date) const { return format(language_, Style::short_date, date); }
std::string Words::month(const Date& date) const { return format(language_, Style::month, date); }
std::string Words::moment(std::int64_t instant_ms, const std::string& zone) const {
  return format(language_, Style::moment, zone, instant_ms);
}
std::string Words::day_and_time(std::int64_t instant_ms, const std::string& zone) const {
  return format(language_, Style::day_and_time, zone, instant_ms);
}

std::string Words::ago(std::int64_t then_ms, std::int64_t now_ms) const {
  constexpr std::int64_t kMinuteMs = 60'000;
  constexpr std::int64_t kHourMs = 60 * kMinuteMs;
  struct Step {
    std::int64_t size_ms;
    URelativeDateTimeUnit unit;
  };
  constexpr Step kSteps[] = {{365 * kDayMs, UDAT_REL_UNIT_YEAR}, {30 * kDayMs, UDAT_REL_UNIT_MONTH}, {7 * kDayMs, UDAT_REL_UNIT_WEEK},
                             {kDayMs, UDAT_REL_UNIT_DAY},        {kHourMs, UDAT_REL_UNIT_HOUR},      {kMinuteMs, UDAT_REL_UNIT_MINUTE}};
  const auto passed_ms = now_ms - then_ms;  // a clock that runs ahead counts as now
  if (passed_ms < kMinuteMs) return std::string(plain("locale.just_now"));
  auto* formatter = of_thread<icu::RelativeDateTimeFormatter>(
      language_, [](const auto& where, auto& status) { return new icu::RelativeDateTimeFormatter(where, status); });
  if (formatter == nullptr) return {};
  for (const auto& step : kSteps) {
    if (passed_ms < step.size_ms) continue;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    formatter->formatNumeric(-static_cast<double>(passed_ms / step.size_ms), step.unit, out, status);
    return to_utf8(out);
  }
  return {};
}

std::string Words::number(std::int64_t value) const {
  if (value > -1000 && value < 1000) return std::to_string(value);  // nearly all; the same in both languages
  auto* formatter = of_thread<icu::number::LocalizedNumberFormatter>(language_, [](const auto& where, auto&) {
    return new icu::number::LocalizedNumberFormatter(icu::number::NumberFormatter::withLocale(where));
  });
  UErrorCode status = U_ZERO_ERROR;
  const auto out = formatter->formatInt(value, status).toString(status);
  return U_FAILURE(status) != 0 ? std::to_string(value) : to_utf8(out);
}

std::string Words::list(const std::vector<std::string>& items) const {
  auto* formatter = of_thread<icu::ListFormatter>(
      language_, [](const auto& where, auto& status) { return icu::ListFormatter::createInstance(where, status); });
  std::vector<icu::UnicodeString> texts;
  for (const auto& item : items) texts.push_back(from_utf8(item));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  if (formatter != nullptr) formatter->format(texts.data(), static_cast<int32_t>(texts.size()), out, status);
  return to_utf8(out);
}

int Words::compare(std::string_view a, std::string_view b) const {
  auto* collator =
      of_thread<icu::Collator>(language_, [](const auto& where, auto& status) { return icu::Collator::createInstance(where, status); });
  if (collator == nullptr) return a.compare(b);
  UErrorCode status = U_ZERO_ERROR;
  const auto order = collator->compareUTF8({a.data(), static_cast<int32_t>(a.size())}, {b.data(), static_cast<int32_t>(b.size())}, status);
  return order == UCOL_LESS ? -1 : order == UCOL_GREATER ? 1 : 0;
}

}  // namespace kedge::locale
