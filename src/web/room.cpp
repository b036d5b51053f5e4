#include "web/room.hpp"

#include <algorithm>
#include <charconv>

#include "web/context.hpp"

namespace kedge::web {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

Room room_of(std::string_view cookie) { return {!cookie.empty(), number(cookie).value_or(0)}; }

// POST /room: begins, or sets the time anew. minutes=0: no time.
Result<Reply> start_room(const Request& request, Context& context) {
  const auto minutes = number(request.form.first("minutes"));
  if (!minutes || (*minutes != 0 && std::ranges::find(kRoomMinutes, *minutes) == kRoomMinutes.end())) return fail_field("minutes", "web.field.choice");
  context.set_cookie(kRoomCookie, std::to_string(*minutes == 0 ? 0 : context.now_ms() + *minutes * 60'000), 0);
  return Reply::see_other(Url::from_stored(request.form.first("back")));
}

// POST /room/end
Result<Reply> end_room(const Request& request, Context& context) {
  context.set_cookie(kRoomCookie, "", -1);
  return Reply::see_other(Url::from_stored(request.form.first("back")));
}

}  // namespace kedge::web
