#include "identity/pages/parts.hpp"

#include <algorithm>
#include <array>

#include "identity/pages/views/form_page.hpp"
#include "identity/pages/views/shown_once.hpp"

namespace kedge::identity::pages {
namespace {

constexpr std::int64_t kOwnSeconds = 30LL * 24 * 3600;

}  // namespace

std::string plain(const web::Context& context, locale::Message message) { return std::string(context.words().plain(message)); }

web::Frame frame_of(const web::Context& context, std::string title, std::string_view place) { return {std::move(title), place, &context}; }

bool at_form(const Error& error) {
  switch (error.fault) {
    case Fault::invalid:
    case Fault::conflict:
    case Fault::too_many:
    case Fault::busy: return true;
    case Fault::not_found: return !error.fields.empty();  // a code in a field
    case Fault::forbidden:
    case Fault::signed_out:
    case Fault::too_large:
    case Fault::timeout:
    case Fault::unavailable:
    case Fault::newer_version:
    case Fault::internal: break;
  }
  return false;
}

int status_at_form(const Error* wrong) {
  if (wrong == nullptr) return 200;
  return wrong->fault == Fault::not_found ? 422 : web::status_of_form(*wrong);  // a code that nobody knows is what was typed wrongly
}

bool FormPage::opened() const { return std::ranges::any_of(more, &web::Field::wrong); }

web::Reply form_reply(const web::Context& context, const FormPage& page, const Error* wrong) {
  const web::Form form(context, wrong);
  auto frame = frame_of(context, page.title);
  frame.bare = page.bare;
  return web::Reply::html(web::render(context.words(), views::form_page, page, form, frame), status_at_form(wrong));
}

web::Reply shown_once_reply(const web::Context& context, const ShownOnce& page) {
  return unreferred(web::Reply::html(web::render(context.words(), views::shown_once, page, frame_of(context, page.title))));
}

web::Reply recovery_code_reply(const web::Context& context, const std::string& code, const std::string& name, const std::string& library) {
  ShownOnce page;
  page.title = plain(context, "identity.code.title");
  page.lede = {plain(context, "identity.code.lede")};
  page.whose = name + " \xC2\xB7 " + library;
  page.secret = code;
  page.notes = {plain(context, "identity.code.use"), plain(context, "identity.code.nobody")};
  page.printed = true;
  page.next = {web::Url::path("/"), plain(context, "identity.code.next")};
  return shown_once_reply(context, page);
}

std::string role_in_words(const web::Context& context, Role role) {
  switch (role) {
    case Role::administrator: return plain(context, "identity.role.administrator");
    case Role::lead: return plain(context, "identity.role.lead");
    case Role::staff: return plain(context, "identity.role.staff");
    case Role::intern: return plain(context, "identity.role.intern");
    case Role::board: return plain(context, "identity.role.board");
    case Role::trainer: return plain(context, "identity.role.trainer");
  }
  return {};
}

std::string as_label(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

constexpr std::array kRoles{Role::administrator, Role::lead, Role::staff, Role::intern, Role::board, Role::trainer};

std::string roles_in_words(const web::Context& context, Roles roles) {
  std::vector<std::string> names;
  for (const auto role : kRoles)
    if (roles.has(role)) names.push_back(role_in_words(context, role));
  return context.words().list(names);
}

std::vector<web::Field> role_checks(const web::Form& form, Roles now, Offer offer) {
  std::vector<web::Field> fields;
  for (const auto role : kRoles) {
    if (role == Role::administrator && offer == Offer::but_administrator) continue;
    const auto code = std::string(code_of(role));
    auto field = form.field(web::FieldKind::check, "role-" + code, "identity.role." + code, now.has(role) ? "yes" : "");
    field.label = as_label(std::move(field.label));
    fields.push_back(std::move(field).helped(plain(form.context(), "identity.role." + code + ".help")));
  }
  return fields;
}

Roles roles_of_form(const web::Request& request) {
  Roles roles;
  for (const auto role : kRoles)
    if (request.form.has("role-" + std::string(code_of(role)))) roles.add(role);
  return roles;
}

web::Field language_field(const web::Form& form, Language now) {
  return form.field(web::FieldKind::select, "language", "identity.field.language", std::string(code(now)))
      .of({{"en", plain(form.context(), "web.language.en")}, {"es", plain(form.context(), "web.language.es")}});
}

Language language_of_form(const web::Request& request, Language otherwise) { return language_of(request.form.first("language")).value_or(otherwise); }

std::string whole_address(const web::Context& context, const web::Url& url) { return context.house().public_url + url.text(); }

void note_local_address(const web::Context& context, ShownOnce& page) {
  const std::string_view url = context.house().public_url;
  const auto host = url.substr(std::min(url.size(), url.find("://") + 3));
  if (host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]")) page.notes.push_back(plain(context, "identity.address.local"));
}

void let_in(web::Context& context, const FreshSession& session, Computer computer) {
  context.start_session(session.cookie, computer == Computer::own ? kOwnSeconds : 0);
}

web::Reply unreferred(web::Reply reply) { return std::move(reply).header("Referrer-Policy", "no-referrer"); }

}  // namespace kedge::identity::pages
