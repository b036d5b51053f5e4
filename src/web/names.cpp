#include "web/names.hpp"

namespace kedge::web {

std::string former_colleague(const locale::Words& words) { return std::string(words.plain("identity.former")); }

std::string name_of(const locale::Words& words, const identity::Member& member) {
  return member.name.empty() ? former_colleague(words) : member.name;
}

Url logo_url(const identity::Library& library) { return Url::path("/logo/{}", library.logo); }

}  // namespace kedge::web
