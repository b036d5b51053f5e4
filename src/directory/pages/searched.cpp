// What is found of the directory: organizations and contacts, with everything that their pages show.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "directory/directory.hpp"
#include "directory/pages/routes.hpp"
#include "search/pages/source.hpp"

namespace kedge::directory::pages {
namespace {

void add(std::string& text, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : "\n") + more;
}

search::Document document_of(const Organization& one, const web::Context& context) {
  std::string text;
  for (const auto* part : {&one.alternate_name, &one.description, &one.email, &one.website}) add(text, *part);
  const auto kind = one.kind.empty() ? std::string() : std::string(context.words().plain("directory.kind." + one.kind));
  return {one.id.text(), one.name, kind, std::move(text), web::Url::path("/directory/organizations/{}", one.id).text()};
}

search::Document document_of(const Contact& one, const std::string& organization) {
  std::string text;
  for (const auto* part : {&one.title, &one.department, &one.phone, &one.email}) add(text, *part);
  return {one.id.text(), one.name, organization, std::move(text), web::Url::path("/directory/contacts/{}", one.id).text()};
}

Result<std::vector<search::Document>> all_organizations(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(const auto all, organizations(db, library));
  std::vector<search::Document> documents;
  documents.reserve(all->size());
  for (const auto& one : *all) documents.push_back(document_of(one, context));
  return documents;
}

Result<search::Document> one_organization(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "directory.gone");
  TRY(const auto one, organization(db, context.scope(), *known));
  return document_of(one, context);
}

Result<std::vector<search::Document>> all_contacts(store::Read& db, const store::Scope& library, const web::Context& /*context*/) {
  TRY(const auto places, organizations(db, library));
  std::unordered_map<Id, const std::string*> names;
  for (const auto& one : *places) names.emplace(one.id, &one.name);
  TRY(const auto all, contacts(db, library));
  std::vector<search::Document> documents;
  documents.reserve(all->size());
  for (const auto& one : *all) {
    const auto name = names.find(one.organization);
    documents.push_back(document_of(one, name == names.end() ? std::string() : *name->second));
  }
  return documents;
}

Result<search::Document> one_contact(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "directory.gone");
  TRY(const auto one, contact(db, context.scope(), *known));
  TRY(const auto place, organization(db, context.scope(), one.organization));
  return document_of(one, place.name);
}

search::pages::Source places{"organization", "/directory/organizations/{id}", {"organization"}, all_organizations, one_organization};
search::pages::Source people{"contact", "/directory/contacts/{id}", {"contact", "organization", "phone"}, all_contacts, one_contact};
constexpr std::array<search::pages::Source*, 2> kOurs{&places, &people};

}  // namespace

const std::span<search::pages::Source* const> kSources{kOurs};

}  // namespace kedge::directory::pages
