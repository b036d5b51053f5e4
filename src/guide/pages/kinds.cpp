// How answers and bands of a closed list read on the thread, and where they lead.
#include "core/text.hpp"
#include "guide/checklist.hpp"
#include "guide/fields.hpp"
#include "guide/pages/card.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/routes.hpp"
#include "guide/records.hpp"
#include "lineage/pages/shown.hpp"

namespace kedge::guide {
namespace {

constexpr std::size_t kQuotation = 480;

// Where it stands in the workbook; nowhere for the board, which reads findings and not the workbook.
std::string path_for(const web::Context& context, const Workbook& book, const Place& place) {
  const bool opens = context.scope().roles.any({Role::administrator, Role::lead, Role::staff, Role::intern});
  return opens ? back_to(book, place).text() : std::string();
}

Result<lineage::Shown> show_answer(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto one, answer(db, context.scope(), *id));
  TRY(const auto book, workbook(db, context.scope(), one.place.workbook));
  const auto* prompt = book.definition().prompt(one.place.prompt);
  if (prompt == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
  TRY(const auto known, records(db, context.scope()));
  lineage::Shown shown;
  shown.text = said_in_full(*prompt, one.place, one.voice, with_names(known, *prompt, one.values), context, kQuotation);
  if (shown.text.empty()) return fail(Fault::not_found, "guide.answer.unknown");  // emptied, or removed by its writer
  if (one.voice == Voice::team) {
    shown.label = std::string(context.words().plain("guide.kind.team"));
  } else {
    TRY(const auto writer, identity::member(db, context.scope(), one.member));
    shown.label = context.words().say("guide.kind.shared", locale::arg("name", writer.name));
  }
  shown.path = path_for(context, book, one.place);
  return shown;
}

// The practice, and the words of both marks.
std::string band_sentence(const web::Context& context, const std::string& practice, const ListItem& item) {
  const auto band = [&](const std::optional<disclosure::Band>& one) {
    return one ? std::string(context.words().plain(std::string("guide.band.") + std::string(code_of(*one)))) : std::string();
  };
  return context.words().say("guide.kind.band_says", locale::arg("practice", practice), locale::arg("well", band(item.well)),
                             locale::arg("better", band(item.better)));
}

// "<list>/<item>": what a closed list says of one practice.
Result<lineage::Shown> show_band(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto slash = ref.id.find('/');
  const auto id = Id::parse(std::string_view(ref.id).substr(0, slash));
  if (!id || slash == std::string::npos) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto list, checklist(db, context.scope(), *id));
  TRY(const auto book, workbook(db, context.scope(), list.workbook));
  const auto* prompt = book.definition().prompt(list.prompt);
  for (const auto& item : list.items) {
    if (item.id != ref.id.substr(slash + 1) || !item.well || !item.better) continue;
    const auto* given = prompt == nullptr ? nullptr : prompt->row(item.id);
    lineage::Shown shown;
    shown.text = item.label.empty() && given != nullptr ? std::string(given->label.in(context.language()).words) : item.label;
    shown.text = band_sentence(context, shown.text, item);
    shown.label = std::string(context.words().plain("guide.kind.band"));
    shown.path = path_for(context, book, {list.workbook, list.prompt, ""});
    return shown;
  }
  return fail(Fault::not_found, "guide.answer.unknown");
}

}  // namespace

void wire() {
  lineage::pages::show_kind("answer", show_answer);
  lineage::pages::show_kind("band", show_band);
}

}  // namespace kedge::guide
