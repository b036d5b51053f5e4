// What is found of the people of a library: what their page shows to all who may open it, and no address.
#include <array>

#include "identity/identity.hpp"
#include "identity/pages/routes.hpp"
#include "search/pages/source.hpp"

namespace kedge::identity::pages {
namespace {

search::Document document_of(const Member& member) { return {member.id.text(), member.name, {}, member.job, web::Url::path("/people").text()}; }

Result<std::vector<search::Document>> all_people(store::Read& db, const store::Scope& library, const web::Context& /*context*/) {
  TRY(const auto all, members(db, library));
  std::vector<search::Document> documents;
  for (const auto& one : all) documents.push_back(document_of(one));
  return documents;
}

Result<search::Document> one_person(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "web.not_found");
  TRY(const auto one, member(db, context.scope(), *known));
  if (one.standing != Standing::active) return fail(Fault::not_found, "web.not_found");
  return document_of(one);
}

search::pages::Source people{"person", "/people", {"member"}, all_people, one_person};
constexpr std::array<search::pages::Source*, 1> kOurs{&people};

}  // namespace

const std::span<search::pages::Source* const> kSources{kOurs};

}  // namespace kedge::identity::pages
