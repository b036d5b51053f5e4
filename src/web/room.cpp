#include "web/room.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "web/context.hpp"

namespace kedge::web {
namespace {

// Minutes since some day or of a part: never negative.
std::optional<std::int64_t> minutes_in(std::string_view text) {
  const auto value = text::number(text);
  return value && *value >= 0 ? value : std::nullopt;
}

}  // namespace

Room room_of(std::string_view cookie) { return {!cookie.empty(), minutes_in(cookie).value_or(0)}; }

// POST /room: begins, or sets the time anew. minutes=0: no time.
Result<Reply> start_room(const Request& request, Context& context) {
  const auto minutes = minutes_in(request.form.first("minutes"));
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
