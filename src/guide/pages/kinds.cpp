// How answers and bands of a closed list read on the thread, and where they lead.
#include <algorithm>

#include "core/text.hpp"
#include "guide/checklist.hpp"
#include "guide/fields.hpp"
#include "guide/pages/card.hpp"
#include "guide/pages/list_view.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/routes.hpp"
#include "guide/records.hpp"
#include "guide/sheets.hpp"
#include "lineage/pages/naming.hpp"
#include "lineage/pages/shown.hpp"
#include "web/names.hpp"

namespace kedge::guide {
namespace {

constexpr std::size_t kQuotation = 480;

// The board reads findings and not the workbook.
bool opens_workbooks(const web::Context& context) {
  return context.scope().roles.any({Role::administrator, Role::lead, Role::staff, Role::intern});
}

// Where it stands in the workbook; nowhere for the board.
std::string path_for(const web::Context& context, const Workbook& book, const Place& place) {
  return opens_workbooks(context) ? back_to(book, place).text() : std::string();
}

Result<std::string> writer_name(store::Read& db, const web::Context& context, const Answer& answer) {
  if (!answer.sheet.empty()) {
    TRY(const auto all, sheets(db, context.scope(), answer.place.workbook));
    const auto of = std::ranges::find(all, answer.sheet, &Sheet::id);
    if (of != all.end()) return of->name.empty() ? context.words().say("guide.sheet.of", locale::arg("code", of->code)) : of->name;
  }
  identity::Member writer;  // empty: who left took the name away
  if (!answer.member.empty()) { TRY(writer, identity::member(db, context.scope(), answer.member)); }
  return web::name_of(context.words(), writer);
}

Result<lineage::Shown> show_answer(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto one, answer(db, context.scope(), *id));
  TRY(const auto book, workbook(db, context.scope(), one.place.workbook));
  const auto* prompt = book.definition().prompt(one.place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  // what somebody shared with the team stays with the team, the words and whose they are
  if (one.voice == Voice::personal && !opens_workbooks(context))
    return lineage::Shown{std::string(context.words().plain("guide.kind.shared.apart.text")), std::string(context.words().plain("guide.kind.shared.apart")), {},
                          book.id.text()};
  TRY(const auto known, records(db, context.scope(), web::former_colleague(context.words())));
  lineage::Shown shown;
  shown.text = said_in_full(*prompt, one.place, one.voice, with_names(known, *prompt, one.values), context, kQuotation);
  if (shown.text.empty()) return fail(Fault::not_found, "guide.answer.unknown");  // emptied, or removed by its writer
  if (one.voice == Voice::team) {
    shown.label = std::string(context.words().plain("guide.kind.team"));
  } else {
    TRY(const auto name, writer_name(db, context, one));
    shown.label = context.words().say("guide.kind.shared", locale::arg("name", name));
  }
  shown.path = path_for(context, book, one.place);
  shown.workbook = book.id.text();
  return shown;
}

// "<list>/<item>": what a closed list says of one practice.
Result<lineage::Shown> show_band(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto slash = ref.id.find('/');
  const auto id = Id::parse(std::string_view(ref.id).substr(0, slash));
  if (!id || slash == std::string::npos) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto list, checklist(db, context.scope(), *id));
  TRY(const auto book, workbook(db, context.scope(), list.workbook));
  const auto* prompt = book.definition().prompt(list.prompt);
  TRY(auto said, said_of_item(list, prompt, std::string_view(ref.id).substr(slash + 1), context));
  return lineage::Shown{std::move(said.sentence), std::string(context.words().plain("guide.kind.band")),
                        path_for(context, book, {list.workbook, list.prompt, ""}), book.id.text()};
}

// What a workbook from a file rests on that was not in the file.
Result<lineage::Shown> show_elsewhere(web::Context& context, store::Read&, const lineage::Ref& ref) {
  return lineage::Shown{std::string(context.words().plain("guide.kind.elsewhere.text")), std::string(context.words().plain("guide.kind.elsewhere")), {}, ref.id};
}

// The rows and answers of all workbooks that name an organization, a contact or one of an organization's contacts.
Result<std::vector<lineage::pages::ThreadLine>> rows_that_name(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  std::vector<lineage::pages::ThreadLine> lines;
  if (!opens_workbooks(context)) return lines;
  TRY(const auto books, workbooks(db, context.scope()));
  TRY(const auto known, records(db, context.scope()));
  for (const auto& book : books) {
    TRY(const auto all, answers(db, context.scope(), book.id));
    for (const auto& one : all) {
      const auto* prompt = book.definition().prompt(one.place.prompt);
      if (prompt == nullptr || one.voice != Voice::team || !names_records(*prompt)) continue;
      if (std::ranges::none_of(one.values, [&](const auto& value) { return value.second == ref.id; })) continue;
      const auto* section = book.definition().section_of(one.place.prompt);
      if (section == nullptr) continue;
      const auto language = context.language();
      lines.push_back({book.title + ", " + std::string(section->title.in(language).words),
                       std::string(prompt->label.in(language).words) + ": " + row_title(*prompt, one.place.row, with_names(known, *prompt, one.values), language),
                       section_url(book.id, section->id).at("form-team-" + one.place.prompt + "-" + one.place.row + "-row"), false});
    }
  }
  return lines;
}

}  // namespace

void wire() {
  lineage::pages::tell_namer("guide", rows_that_name);
  lineage::pages::show_kind("elsewhere", show_elsewhere);
  lineage::pages::show_kind("answer", show_answer);
  lineage::pages::show_kind("band", show_band);
}

}  // namespace kedge::guide
