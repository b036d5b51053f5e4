// lineage pages: how a Ref reads and where it leads. Each slice says it for the kinds that it owns; app calls
// show_kind() for each before the server starts.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "lineage/lineage.hpp"
#include "web/context.hpp"
#include "web/html.hpp"

namespace kedge::lineage::pages {

// Errors: not_found when the thing is gone or is not for who asks.
using Shower = std::function<Result<Shown>(web::Context&, store::Read&, const Ref&)>;

// Not thread-safe: while the program starts. "finding" and "private_note" are known already.
void show_kind(std::string_view kind, Shower shower);

// One thing on a page, in words and as a link.
struct ThreadLine {
  std::string label;
  std::string text;
  web::Url url;       // empty: it does not open
  bool gone = false;  // it was removed, or is not for who asks
};
// What is gone reads "no longer here"; other errors are errors.
[[nodiscard]] Result<ThreadLine> show(web::Context& context, store::Read& db, const Ref& ref);
[[nodiscard]] Result<std::vector<ThreadLine>> show_all(web::Context& context, store::Read& db, const std::vector<Ref>& refs);
// Whether a form of this reader may start from it: its kind is registered, it exists, and it is no private note.
[[nodiscard]] Done may_start_from(web::Context& context, store::Read& db, const Ref& ref);
// The workbook in which it stands, for what is made from it: its own, or that of what a finding rests on; empty: none.
[[nodiscard]] Result<std::string> workbook_of(web::Context& context, store::Read& db, const Ref& ref);

// Everything around one thing, both ways: what it came from, and what became of it (findings that rest on it, links).
struct Around {
  std::vector<ThreadLine> before;
  std::vector<ThreadLine> after;
};
[[nodiscard]] Result<Around> around(web::Context& context, store::Read& db, const Ref& ref);

}  // namespace kedge::lineage::pages
