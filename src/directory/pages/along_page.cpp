#include "directory/pages/along_page.hpp"

#include "core/text.hpp"
#include "directory/contact_csv.hpp"
#include "directory/pages/columns.hpp"
#include "directory/pages/directory_page.hpp"
#include "directory/taking_along.hpp"

namespace kedge::directory::pages {
namespace {

// "harbor-grove-contacts-2026-09-21.csv": which library, and as of when.
std::string file_name(const web::Context& context, std::string_view ending) {
  return text::slug(context.library().name) + "-" + text::slug(context.words().plain("directory.along.file")) + "-" + context.today().text() + std::string(ending);
}

}  // namespace

// GET /directory/contacts.csv
Result<web::Reply> contacts_csv(const web::Request&, web::Context& context) {
  TRY(const auto lines, context.read([&](store::Read& db) { return all_lines(db, context.scope()); }));
  const auto headings = column_words(context.words());
  auto file = write_csv(lines, headings, [&](const std::string& kind) { return kind_words(context.words(), kind); });
  return web::Reply::file(std::move(file), "text/csv; charset=utf-8", file_name(context, ".csv"));
}

// GET /directory/contacts.vcf
Result<web::Reply> contacts_vcf(const web::Request&, web::Context& context) {
  TRY(auto file, context.read([&](store::Read& db) -> Result<std::string> {
    TRY(const auto all, organizations(db, context.scope()));
    TRY(const auto people, contacts(db, context.scope()));
    TRY(const auto changed, changed_at(db, context.scope()));
    return write_vcards(*all, *people, changed);
  }));
  return web::Reply::file(std::move(file), "text/vcard; charset=utf-8", file_name(context, ".vcf"));
}

}  // namespace kedge::directory::pages
