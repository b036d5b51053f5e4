// web: one screen in a room. While a browser shows one, pages are in large type, a timer stands on them, and nothing that
// one person wrote alone opens in that browser: Context::member_key() gives no key. Kept in a cookie of this browser alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/result.hpp"

namespace kedge::web {

class Context;
struct Reply;
struct Request;

inline constexpr std::string_view kRoomCookie = "kedge_room";
inline constexpr std::array<std::int64_t, 7> kRoomMinutes{3, 5, 10, 15, 20, 30, 45};  // to choose from

struct Room {
  bool on = false;
  std::int64_t until_ms = 0;  // when the time set for this part is up; 0: no time is set
};
// Whatever the cookie says that is not a moment: on, without a time.
[[nodiscard]] Room room_of(std::string_view cookie);

Result<Reply> start_room(const Request& request, Context& context);
Result<Reply> end_room(const Request& request, Context& context);

}  // namespace kedge::web
