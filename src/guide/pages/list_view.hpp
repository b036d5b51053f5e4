// guide pages: the staff care list as its card shows it.
#pragma once

#include "guide/pages/card.hpp"

namespace kedge::guide {

// The items of a list in the reader's words, with their bands in words; of one that is not open yet, the guide's.
[[nodiscard]] std::vector<MarkRow> mark_rows(const Prompt& prompt, const std::vector<ListItem>& items, const web::Context& context);
// Where two rounds stand beside each other.
[[nodiscard]] web::Url rounds_url(const Id& later, const Id& earlier);

// Nothing in it differs by what colleagues have marked, nor by whether they have.
Done add_list(store::Read& db, const web::Context& context, const Material& material, CardView& card);

// "few or none"; empty where nothing may be said.
[[nodiscard]] std::string band_words(const std::optional<disclosure::Band>& band, const web::Context& context);

// What a closed list says of one practice, in words: all that a finding or an action can start from.
struct SaidOfItem {
  std::string practice;
  std::string sentence;
  std::string theme;
};
// Errors: not_found (no such practice, or nothing may be said of it).
[[nodiscard]] Result<SaidOfItem> said_of_item(const Checklist& list, const Prompt* prompt, std::string_view item, const web::Context& context);

// How the thread names it: "<list>/<item>".
[[nodiscard]] inline lineage::Ref band_ref(const Id& list, std::string_view item) { return {"band", list.text() + "/" + std::string(item)}; }

}  // namespace kedge::guide
