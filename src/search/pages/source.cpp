#include "search/pages/source.hpp"

namespace kedge::search::pages {
namespace {

std::vector<Searched>& known() {
  static std::vector<Searched> all;
  return all;
}

}  // namespace

Result<store::Shared<Index>> Source::index(store::Read& db, const web::Context& context) {
  return kept_.of(db, context.scope(), context.words().code(), [&](store::Read& read, const store::Scope& library) -> Result<Index> {
    TRY(const auto documents, all_(read, library, context));
    return Index::of(library.library.text() + " " + std::string(kind_), documents);
  });
}

void wire(std::vector<Searched> all) { known() = std::move(all); }
const std::vector<Searched>& searched() { return known(); }

}  // namespace kedge::search::pages
