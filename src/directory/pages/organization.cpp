#include "directory/pages/organization.hpp"

#include <algorithm>
#include <cstdlib>

#include "directory/merging.hpp"
#include "directory/pages/views/organization.hpp"
#include "lineage/pages/naming.hpp"
#include "plan/plan.hpp"

namespace kedge::directory::pages {
namespace {

void take(std::vector<lineage::pages::ThreadLine>& into, std::vector<lineage::pages::ThreadLine> lines) {
  for (auto& line : lines)
    if (std::ranges::none_of(into, [&](const auto& one) { return !line.url.empty() && one.url == line.url && one.text == line.text; })) into.push_back(std::move(line));
}

// What names this one record, of those that are this organization now.
Done add_uses_of(store::Read& db, web::Context& context, const lineage::Ref& ref, OrganizationPage& page) {
  TRY(auto both, lineage::pages::around(context, db, ref));
  take(page.uses, std::move(both.before));
  take(page.uses, std::move(both.after));
  TRY(auto rows, lineage::pages::named_by(context, db, ref));
  page.named = page.named || !rows.empty();
  take(page.uses, std::move(rows));
  return {};
}

// Everything on the thread that names it, what was merged into it, or one of its contacts.
Done add_uses(store::Read& db, web::Context& context, OrganizationPage& page) {
  const auto& id = page.organization.id;
  TRY_DONE(add_uses_of(db, context, {"organization", id.text()}, page));
  TRY(const auto others, absorbed(db, context.scope(), id));
  for (const auto& other : others) TRY_DONE(add_uses_of(db, context, {"organization", other.text()}, page));
  TRY(const auto people, contacts_at(db, context.scope(), id));
  TRY(const auto actions, plan::actions(db, context.scope(), context.today()));
  for (const auto& action : *actions) {
    if (std::ranges::find(people, action.owner_contact, &Contact::id) == people.end()) continue;
    TRY(auto line, lineage::pages::show(context, db, {"action", action.id.text()}));
    if (std::ranges::none_of(page.uses, [&](const auto& one) { return one.url == line.url; })) page.uses.push_back(std::move(line));
  }
  std::erase_if(page.uses, [](const auto& line) { return line.gone; });
  for (const auto& contact : people) page.contacts.push_back(contact_line(contact));
  return {};
}

Result<OrganizationPage> load(store::Read& db, web::Context& context, const Id& asked) {
  OrganizationPage page;
  TRY(page.organization, organization(db, context.scope(), asked));
  const auto& id = page.organization.id;  // another one's where the one that was asked for is merged
  page.kind = kind_words(context.words(), page.organization.kind);
  if (!page.organization.website.empty()) page.website = web::Url::outside(page.organization.website).value_or(web::Url());
  if (!page.organization.email.empty()) page.write = web::Url::outside("mailto:" + page.organization.email).value_or(web::Url());
  page.self = web::Url::path("/directory/organizations/{}", id);
  page.edit = web::Url::path("/directory/organizations/{}/edit", id);
  page.add_contact = web::Url::path("/directory/organizations/{}/contacts/new", id);
  page.make_action = web::Url::path("/actions/new").with("from_kind", "organization").with("from_id", id);
  page.removal = web::Url::path("/directory/organizations/{}/removal", id);
  if (const auto removed = Id::parse(context.request().query.first("removed")); removed)
    page.restoration = web::Url::path("/directory/contacts/{}/restoration", *removed);
  TRY_DONE(add_uses(db, context, page));
  return page;
}

Organization typed(const web::Request& request, Organization organization) {
  organization.name = request.line("name");
  organization.alternate_name = request.line("alternate_name");
  organization.kind = request.line("kind");
  organization.description = request.text("description");
  organization.email = request.line("email");
  organization.website = request.line("website");
  organization.version = std::atoll(std::string(request.form.first("version")).c_str());
  return organization;
}

void add_fields(const web::Context& context, const Organization& kept, OrganizationForm& page) {
  using web::FieldKind;
  const auto& words = context.words();
  page.name = page.form.field(FieldKind::line, "name", "directory.name.label", kept.name).limited(200).needed();
  page.alternate_name = page.form.field(FieldKind::line, "alternate_name", "directory.alternate_name.label", kept.alternate_name).limited(200);
  page.kind = page.form.field(FieldKind::select, "kind", "directory.kind.label", kept.kind).of(kind_choices(words, words.plain("directory.kind.none")));
  page.description = page.form.field(FieldKind::area, "description", "directory.description.label", kept.description).limited(2000);
  page.email = page.form.field(FieldKind::email, "email", "directory.email.label", kept.email);
  page.email.autocomplete = "off";
  page.website = page.form.field(FieldKind::line, "website", "directory.website.label", kept.website);
}

void add_differing(const web::Context& context, const Organization& kept, OrganizationForm& page) {
  const auto mine = typed(context.request(), kept);
  const auto compare = [&](locale::Message label, const std::string& theirs, const std::string& ours) {
    if (theirs != ours) page.differing.push_back({std::string(context.words().plain(label)), theirs, ours});
  };
  compare("directory.name.label", kept.name, mine.name);
  compare("directory.alternate_name.label", kept.alternate_name, mine.alternate_name);
  compare("directory.kind.label", kind_words(context.words(), kept.kind), kind_words(context.words(), mine.kind));
  compare("directory.description.label", kept.description, mine.description);
  compare("directory.email.label", kept.email, mine.email);
  compare("directory.website.label", kept.website, mine.website);
}

// The form of a kept organization, or of a new one when `id` is empty.
Result<web::Reply> form_page(web::Context& context, const Id& id, const Error* error) {
  OrganizationForm page{.form = web::Form(context, error), .title = {}, .action = web::Url::path("/directory/organizations"),
                        .back = web::Url::path("/directory"), .name = {}, .alternate_name = {}, .kind = {}, .description = {}, .email = {},
                        .website = {}, .differing = {}};
  Organization kept;
  page.title = context.words().plain("directory.organization.new");
  if (!id.empty()) {
    TRY(kept, context.read([&](store::Read& db) { return organization(db, context.scope(), id); }));
    page.title = kept.name;
    page.action = page.back = web::Url::path("/directory/organizations/{}", id);
  }
  page.version = kept.version;
  add_fields(context, kept, page);
  if (error != nullptr && error->fault == Fault::conflict) add_differing(context, kept, page);
  const web::Frame frame{page.title, "directory", &context};
  return web::Reply::html(web::render(context.words(), views::organization_form, page, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

Result<web::Reply> keep(const web::Request& request, web::Context& context, const Id& id) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    Organization kept;
    kept.id = id;
    TRY(const auto saved, save(tx, context.scope(), typed(request, kept)));
    return web::Url::path("/directory/organizations/{}", saved);
  });
  if (!where) {
    const auto fault = where.error().fault;
    if (fault == Fault::invalid || fault == Fault::conflict) return form_page(context, id, &where.error());
    return fail(where.error());
  }
  context.say_next("directory.saved");
  return web::Reply::see_other(*where);
}

}  // namespace

// GET /directory/organizations/new
Result<web::Reply> new_organization(const web::Request&, web::Context& context) { return form_page(context, Id(), nullptr); }

// POST /directory/organizations
Result<web::Reply> make_organization(const web::Request& request, web::Context& context) { return keep(request, context, Id()); }

// GET /directory/organizations/{id}
Result<web::Reply> show_organization(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto page, context.read([&](store::Read& db) { return load(db, context, id); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::organization_facts, page));
  const web::Frame frame{page.organization.name, "directory", &context, "organization/" + page.organization.id.text()};
  return web::Reply::html(web::render(context.words(), views::organization, page, frame));
}

// GET /directory/organizations/{id}/edit
Result<web::Reply> edit_organization(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return form_page(context, id, nullptr);
}

// POST /directory/organizations/{id}
Result<web::Reply> save_organization(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return keep(request, context, id);
}

// POST /directory/organizations/{id}/removal
Result<web::Reply> remove_organization(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(auto same, absorbed(tx, context.scope(), id));
    same.push_back(id);
    for (const auto& one : same) {
      TRY(const auto rows, lineage::pages::named_by(context, tx, {"organization", one.text()}));
      if (!rows.empty()) return fail(Fault::conflict, "directory.remove.named");
    }
    TRY_DONE(remove(tx, context.scope(), id));
    return web::Url::path("/directory").with("removed", id);
  }));
  return web::Reply::see_other(where);
}

// POST /directory/organizations/{id}/restoration
Result<web::Reply> restore_organization(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(restore(tx, context.scope(), id));
    return web::Url::path("/directory/organizations/{}", id);
  }));
  context.say_next("directory.restored");
  return web::Reply::see_other(where);
}

}  // namespace kedge::directory::pages
