#include "web/presence_line.hpp"

#include "web/presence.hpp"
#include "web/views/form.hpp"

namespace kedge::web {

Html presence_line(Context& context, std::string_view topic) {
  return render(context.words(), views::presence, presence(context, topic), std::string(topic));
}

}  // namespace kedge::web
