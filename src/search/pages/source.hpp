// search pages: what a slice lets be found. Each slice makes a Source a kind and hands it to the whole in its Slice value;
// app says once, before the server starts, who may search which.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.hpp"
#include "store/kept.hpp"
#include "web/context.hpp"

namespace kedge::search::pages {

class Source {
 public:
  // Everything of a library that can be found. It depends on the library and the language of `context` alone: readers share it.
  using All = Result<std::vector<Document>> (*)(store::Read& db, const store::Scope& library, const web::Context& context);
  // One of them as it is now, for who asks. Errors: not_found when it is gone, or is not for who asks.
  using One = Result<Document> (*)(store::Read& db, const web::Context& context, const std::string& id);

  // `kind`: a code, labelled "search.kind.<code>". `page`: the pattern of the page that shows such a thing: whoever may open
  // that page may find it, and nobody else. `tables`: every table that `all` reads (see store/kept.hpp).
  Source(std::string_view kind, std::string_view page, std::initializer_list<std::string_view> tables, All all, One one)
      : kind_(kind), page_(page), all_(all), one_(one), kept_(tables) {}

  [[nodiscard]] std::string_view kind() const { return kind_; }
  [[nodiscard]] std::string_view page() const { return page_; }
  // As of this snapshot: made anew when the library's feed has moved on.
  [[nodiscard]] Result<store::Shared<Index>> index(store::Read& db, const web::Context& context);
  [[nodiscard]] Result<Document> open(store::Read& db, const web::Context& context, const std::string& id) const { return one_(db, context, id); }

 private:
  std::string_view kind_;
  std::string_view page_;
  All all_;
  One one_;
  store::Kept<Index> kept_;
};

// A source, and the roles that may open its page.
struct Searched {
  Source* source = nullptr;
  Roles readers;
};
// Not thread-safe: while the program starts.
void wire(std::vector<Searched> all);
[[nodiscard]] const std::vector<Searched>& searched();

}  // namespace kedge::search::pages
