#include "directory/pages/routes.hpp"

#include "directory/pages/along_page.hpp"
#include "directory/pages/bring_page.hpp"
#include "directory/pages/contact.hpp"
#include "directory/pages/merge_page.hpp"
#include "directory/pages/organization.hpp"

namespace kedge::directory::pages {
namespace {

using web::Access;
constexpr web::Route kAll[] = {
    {"GET", "/directory", Access::staff, list_directory},
    {"GET", "/directory/organizations/new", Access::staff, new_organization},
    {"POST", "/directory/organizations", Access::staff, make_organization},
    {"GET", "/directory/organizations/{id}", Access::staff, show_organization},
    {"GET", "/directory/organizations/{id}/edit", Access::staff, edit_organization},
    {"POST", "/directory/organizations/{id}", Access::staff, save_organization},
    {"POST", "/directory/organizations/{id}/removal", Access::staff, remove_organization},
    {"POST", "/directory/organizations/{id}/restoration", Access::staff, restore_organization},
    {"GET", "/directory/organizations/{id}/contacts/new", Access::staff, new_contact},
    {"POST", "/directory/organizations/{id}/contacts", Access::staff, make_contact},
    {"GET", "/directory/contacts/{id}", Access::staff, show_contact},
    {"POST", "/directory/contacts/{id}", Access::staff, save_contact},
    {"POST", "/directory/contacts/{id}/removal", Access::staff, drop_contact},
    {"POST", "/directory/contacts/{id}/restoration", Access::staff, return_contact},
    {"GET", "/directory/contacts.csv", Access::staff, contacts_csv},
    {"GET", "/directory/contacts.vcf", Access::staff, contacts_vcf},
    {"GET", "/directory/bring", Access::staff, choose_contacts},
    {"POST", "/directory/bring", Access::staff, look_at_contacts},
    {"POST", "/directory/bring/lines", Access::staff, bring_contacts},
    {"GET", "/directory/duplicates", Access::staff, show_doubles},
    {"GET", "/directory/duplicates/{first}/{second}", Access::staff, show_pair},
    {"POST", "/directory/duplicates/{first}/{second}", Access::staff, merge_pair},
    {"POST", "/directory/duplicates/{first}/{second}/apart", Access::staff, tell_pair_apart},
    {"POST", "/directory/merged/{id}/separation", Access::staff, separate},
};

// The board reads the thread, not the directory: its lines do not open.
std::string path_for(const web::Context& context, const web::Url& url) {
  return lineage::pages::may_change(context) ? url.text() : std::string();
}

Result<lineage::Shown> shown_organization(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "directory.gone");
  TRY(const auto kept, organization(db, context.scope(), *id));
  return lineage::Shown{kept.name, std::string(context.words().plain("directory.kind_of_ref.organization")),
                        path_for(context, web::Url::path("/directory/organizations/{}", kept.id))};
}

Result<lineage::Shown> shown_contact(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "directory.gone");
  TRY(const auto kept, contact(db, context.scope(), *id));
  return lineage::Shown{kept.name, std::string(context.words().plain("directory.kind_of_ref.contact")),
                        path_for(context, web::Url::path("/directory/contacts/{}", kept.id))};
}

}  // namespace

const std::span<const web::Route> kRoutes{kAll};

void wire() {
  lineage::pages::show_kind("organization", shown_organization);
  lineage::pages::show_kind("contact", shown_contact);
}

}  // namespace kedge::directory::pages
