#include "web/presence_line.hpp"

#include "web/presence.hpp"

namespace kedge::web {

Html presence_line(Context& context, std::string_view topic) {
  Html out(context.words());
  out.text(context.words().list(presence(context, topic)));
  return out;
}

}  // namespace kedge::web
