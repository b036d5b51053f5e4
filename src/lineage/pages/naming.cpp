#include "lineage/pages/naming.hpp"

#include <map>
#include <string>

namespace kedge::lineage::pages {
namespace {

std::map<std::string, Namer>& namers() {
  static std::map<std::string, Namer> all;
  return all;
}

}  // namespace

void tell_namer(std::string_view slice, Namer namer) { namers().insert_or_assign(std::string(slice), std::move(namer)); }

Result<std::vector<ThreadLine>> named_by(web::Context& context, store::Read& db, const Ref& ref) {
  std::vector<ThreadLine> all;
  for (const auto& [slice, namer] : namers()) {
    TRY(auto lines, namer(context, db, ref));
    all.insert(all.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
  }
  return all;
}

}  // namespace kedge::lineage::pages
