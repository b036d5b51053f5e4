#include "app/pages/retention_page.hpp"

#include <algorithm>

#include "app/library_file.hpp"
#include "app/retention.hpp"
#include "app/views/retention_page.hpp"

namespace kedge::app::pages {
namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

RetentionLine line_of(const locale::Words& words, const Kept& kept, const std::vector<std::string>& days) {
  RetentionLine line{table_words(words, kept.table), {}, {}};
  for (const auto& term : kept.terms)
    if (auto said = term_words(words, term); std::ranges::find(line.rules, said) == line.rules.end()) line.rules.push_back(std::move(said));
  for (std::size_t at = 0; kept.counted && at < days.size(); ++at) line.going.push_back({days[at], words.number(kept.going[at])});
  return line;
}

}  // namespace

// GET /settings/retention
Result<web::Reply> show_retention(const web::Request& /*request*/, web::Context& context) {
  const auto& words = context.words();
  TRY(const auto all, retention(context.house().db, context.scope(), context.now_ms()));
  RetentionPage page;
  for (const auto days : kForeseenDays) page.days.push_back(words.say("retention.by_day", locale::arg("day", words.date(Date::at(context.now_ms() + days * kDay_ms, context.library().time_zone)))));
  for (const auto& kept : all) {
    const bool goes = std::ranges::any_of(kept.going, [](std::int64_t rows) { return rows > 0; });
    if (goes) page.next.push_back(line_of(words, kept, page.days));
    (kept.counted ? page.counted : page.others).push_back(line_of(words, kept, page.days));
  }
  const web::Frame frame{std::string(words.plain("retention.title")), "settings", &context};
  return web::Reply::html(web::render(words, views::retention_page, page, frame));
}

}  // namespace kedge::app::pages
