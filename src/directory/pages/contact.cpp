#include "directory/pages/contact.hpp"

#include <cstdlib>

#include "directory/merging.hpp"
#include "directory/pages/views/contact.hpp"
#include "lineage/pages/naming.hpp"
#include "plan/plan.hpp"

namespace kedge::directory::pages {
namespace {

Contact typed(const web::Request& request, Contact contact) {
  contact.name = request.line("name");
  contact.title = request.line("title");
  contact.department = request.line("department");
  contact.phone = request.line("phone");
  contact.email = request.line("email");
  contact.version = std::atoll(std::string(request.form.first("version")).c_str());
  return contact;
}

void add_fields(const Contact& kept, ContactForm& page) {
  using web::FieldKind;
  page.name = page.form.field(FieldKind::line, "name", "directory.contact.name.label", kept.name).limited(200).needed();
  page.role = page.form.field(FieldKind::line, "title", "directory.contact.title.label", kept.title).limited(200);
  page.department = page.form.field(FieldKind::line, "department", "directory.contact.department.label", kept.department).limited(200);
  page.phone = page.form.field(FieldKind::phone, "phone", "directory.contact.phone.label", kept.phone).limited(60);
  page.email = page.form.field(FieldKind::email, "email", "directory.email.label", kept.email);
  page.email.autocomplete = "off";
}

void add_differing(const web::Context& context, const Contact& kept, ContactForm& page) {
  const auto mine = typed(context.request(), kept);
  const auto compare = [&](locale::Message label, const std::string& theirs, const std::string& ours) {
    if (theirs != ours) page.differing.push_back({std::string(context.words().plain(label)), theirs, ours});
  };
  compare("directory.contact.name.label", kept.name, mine.name);
  compare("directory.contact.title.label", kept.title, mine.title);
  compare("directory.contact.department.label", kept.department, mine.department);
  compare("directory.contact.phone.label", kept.phone, mine.phone);
  compare("directory.email.label", kept.email, mine.email);
}

// What names the contact, or one that was merged into it.
Done add_uses(store::Read& db, web::Context& context, const Id& contact, ContactForm& page) {
  TRY(auto same, absorbed(db, context.scope(), contact));
  same.insert(same.begin(), contact);
  for (const auto& one : same) {
    TRY(const auto both, lineage::pages::around(context, db, {"contact", one.text()}));
    page.uses.insert(page.uses.end(), both.before.begin(), both.before.end());
    page.uses.insert(page.uses.end(), both.after.begin(), both.after.end());
    TRY(auto rows, lineage::pages::named_by(context, db, {"contact", one.text()}));
    page.named = page.named || !rows.empty();
    page.uses.insert(page.uses.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  }
  TRY(const auto actions, plan::actions(db, context.scope(), context.today()));
  for (const auto& action : *actions) {
    if (action.owner_contact != contact) continue;
    TRY(auto line, lineage::pages::show(context, db, {"action", action.id.text()}));
    page.uses.push_back(std::move(line));
  }
  std::erase_if(page.uses, [](const auto& line) { return line.gone; });
  return {};
}

// The form of a kept contact, or of a new one at `organization` when `id` is empty.
Result<web::Reply> form_page(web::Context& context, const Id& id, const Id& organization_id, const Error* error) {
  ContactForm page{.form = web::Form(context, error), .title = std::string(context.words().plain("directory.contact.new")), .organization = {},
                   .at = {}, .action = {}, .removal = {}, .name = {}, .role = {}, .department = {}, .phone = {}, .email = {}, .uses = {},
                   .differing = {}};
  TRY_DONE(context.read([&](store::Read& db) -> Done {
    Contact kept;
    kept.organization = organization_id;
    if (!id.empty()) {
      TRY(kept, contact(db, context.scope(), id));
      page.title = kept.name;
      page.removal = web::Url::path("/directory/contacts/{}/removal", kept.id);  // another one's where the one that was asked for is merged
      TRY_DONE(add_uses(db, context, kept.id, page));
    }
    TRY(const auto at, organization(db, context.scope(), kept.organization));
    page.organization = at.name;
    page.at = web::Url::path("/directory/organizations/{}", at.id);
    page.action = id.empty() ? web::Url::path("/directory/organizations/{}/contacts", at.id) : web::Url::path("/directory/contacts/{}", kept.id);
    page.version = kept.version;
    add_fields(kept, page);
    if (error != nullptr && error->fault == Fault::conflict) add_differing(context, kept, page);
    return {};
  }));
  const web::Frame frame{page.title, "directory", &context};
  return web::Reply::html(web::render(context.words(), views::contact, page, frame), error == nullptr ? 200 : web::status_of_form(*error));
}

Result<web::Reply> keep(const web::Request& request, web::Context& context, const Id& id, const Id& organization_id) {
  const auto where = context.change([&](store::Tx& tx) -> Result<web::Url> {
    Contact fresh;
    fresh.id = id;
    fresh.organization = organization_id;
    TRY(const auto saved, save(tx, context.scope(), typed(request, fresh)));
    TRY(const auto kept, contact(tx, context.scope(), saved));
    return web::Url::path("/directory/organizations/{}", kept.organization);
  });
  if (!where) {
    const auto fault = where.error().fault;
    if (fault == Fault::invalid || fault == Fault::conflict) return form_page(context, id, organization_id, &where.error());
    return fail(where.error());
  }
  context.say_next("directory.saved");
  return web::Reply::see_other(*where);
}

}  // namespace

// GET /directory/organizations/{id}/contacts/new
Result<web::Reply> new_contact(const web::Request& request, web::Context& context) {
  TRY(const auto organization_id, request.id("id"));
  return form_page(context, Id(), organization_id, nullptr);
}

// POST /directory/organizations/{id}/contacts
Result<web::Reply> make_contact(const web::Request& request, web::Context& context) {
  TRY(const auto organization_id, request.id("id"));
  return keep(request, context, Id(), organization_id);
}

// GET /directory/contacts/{id}
Result<web::Reply> show_contact(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return form_page(context, id, Id(), nullptr);
}

// POST /directory/contacts/{id}
Result<web::Reply> save_contact(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  return keep(request, context, id, Id());
}

// POST /directory/contacts/{id}/removal
Result<web::Reply> drop_contact(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY(const auto kept, contact(tx, context.scope(), id));
    TRY(auto same, absorbed(tx, context.scope(), kept.id));
    same.push_back(kept.id);
    for (const auto& one : same) {
      TRY(const auto rows, lineage::pages::named_by(context, tx, {"contact", one.text()}));
      if (!rows.empty()) return fail(Fault::conflict, "directory.remove.named");
    }
    TRY_DONE(remove_contact(tx, context.scope(), id));
    return web::Url::path("/directory/organizations/{}", kept.organization).with("removed", id);
  }));
  return web::Reply::see_other(where);
}

// POST /directory/contacts/{id}/restoration
Result<web::Reply> return_contact(const web::Request& request, web::Context& context) {
  TRY(const auto id, request.id("id"));
  TRY(const auto where, context.change([&](store::Tx& tx) -> Result<web::Url> {
    TRY_DONE(restore_contact(tx, context.scope(), id));
    return web::Url::path("/directory/contacts/{}", id);
  }));
  context.say_next("directory.restored");
  return web::Reply::see_other(where);
}

}  // namespace kedge::directory::pages
