#include "directory/pages/directory_page.hpp"

#include "core/text.hpp"
#include "directory/pages/views/directory.hpp"

namespace kedge::directory::pages {
namespace {

web::Url with_filters(const std::string& query, const std::string& kind) {
  auto url = web::Url::path("/directory");
  if (!query.empty()) url = url.with("q", query);
  return kind.empty() ? url : url.with("kind", kind);
}

// "555-0142, ask for Ada" dials 5550142: digits and a plus at the front, up to the first letter.
std::string dialled(std::string_view phone) {
  std::string number;
  for (const char c : phone) {
    if ((c >= '0' && c <= '9') || (c == '+' && number.empty())) number += c;
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ',') break;
  }
  return number.size() < 3 ? std::string() : number;
}

Result<DirectoryPage> load(store::Read& db, const web::Context& context, const std::string& query, const std::string& kind) {
  const auto& words = context.words();
  DirectoryPage page;
  page.filtered = !query.empty() || !kind.empty();
  page.fragment = with_filters(query, kind);
  TRY(const auto all, organizations(db, context.scope()));
  TRY(const auto people, contacts(db, context.scope()));
  for (const auto& one : *all) {
    if ((!kind.empty() && one.kind != kind) || !matches(one, *people, query)) continue;
    OrganizationCard card{web::Url::path("/directory/organizations/{}", one.id), one.name, kind_words(words, one.kind), text::shorten(one.description, 200), {}};
    for (const auto& contact : *people)
      if (contact.organization == one.id) card.contacts.push_back(contact_line(contact));
    page.cards.push_back(std::move(card));
  }
  const web::Form form(context);
  page.query = form.field(web::FieldKind::line, "q", "directory.filter.query", query).needed();  // not a form to fill: no "optional" beside it
  page.kind = form.field(web::FieldKind::select, "kind", "directory.kind.label", kind).needed().of(kind_choices(words, words.plain("directory.filter.every_kind")));
  return page;
}

}  // namespace

ContactLine contact_line(const Contact& contact) {
  ContactLine line;
  line.url = web::Url::path("/directory/contacts/{}", contact.id);
  line.name = contact.name;
  line.role = contact.title + (contact.title.empty() || contact.department.empty() ? "" : ", ") + contact.department;
  line.phone = contact.phone;
  if (const auto number = dialled(contact.phone); !number.empty()) line.call = web::Url::outside("tel:" + number).value_or(web::Url());
  line.email = contact.email;
  if (!contact.email.empty()) line.write = web::Url::outside("mailto:" + contact.email).value_or(web::Url());
  return line;
}

std::string kind_words(const locale::Words& words, const std::string& kind) {
  return kind.empty() ? std::string() : std::string(words.plain("directory.kind." + kind));
}

std::vector<web::Choice> kind_choices(const locale::Words& words, std::string_view none) {
  std::vector<web::Choice> choices{{"", std::string(none)}};
  for (const auto kind : kOrganizationKinds) choices.push_back({std::string(kind), kind_words(words, std::string(kind))});
  return choices;
}

// GET /directory
Result<web::Reply> list_directory(const web::Request& request, web::Context& context) {
  const auto query = text::shorten(text::clean_line(request.query.first("q")), 100);
  const std::string kind(request.query.first("kind"));
  TRY(auto page, context.read([&](store::Read& db) { return load(db, context, query, kind); }));
  if (request.wants_fragment()) return web::Reply::html(web::render(context.words(), views::directory_list, page));
  if (const auto removed = Id::parse(request.query.first("removed")); removed)
    page.restoration = web::Url::path("/directory/organizations/{}/restoration", *removed);
  const web::Frame frame{std::string(context.words().plain("directory.title")), "directory", &context, "directory"};
  return web::Reply::html(web::render(context.words(), views::directory, page, frame));
}

}  // namespace kedge::directory::pages
