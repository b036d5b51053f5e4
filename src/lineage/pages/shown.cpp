#include "lineage/pages/shown.hpp"

#include <algorithm>
#include <map>

namespace kedge::lineage::pages {
namespace {

Result<Shown> show_finding(web::Context& context, store::Read& db, const Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "lineage.gone");
  TRY(auto kept, finding(db, context.scope(), *id));
  return Shown{std::move(kept.statement), std::string(context.words().plain("lineage.kind.finding")), web::Url::path("/findings/{}", *id).text()};
}

Result<Shown> show_note(web::Context& context, store::Read&, const Ref&) {
  return Shown{std::string(context.words().plain("lineage.private_note.text")), std::string(context.words().plain("lineage.kind.private_note")), {}};
}

std::map<std::string, Shower, std::less<>>& showers() {
  static std::map<std::string, Shower, std::less<>> all{{"finding", show_finding}, {"private_note", show_note}};
  return all;
}

}  // namespace

void show_kind(std::string_view kind, Shower shower) { showers().insert_or_assign(std::string(kind), std::move(shower)); }

Result<ThreadLine> show(web::Context& context, store::Read& db, const Ref& ref) {
  const ThreadLine gone{std::string(context.words().plain("lineage.gone.label")), std::string(context.words().plain("lineage.gone")), {}, true};
  const auto& known = showers();
  const auto shower = known.find(ref.kind);
  if (shower == known.end())
    return ThreadLine{std::string(context.words().plain("lineage.kind.other")), std::string(context.words().plain("lineage.kind.other.text")), {}, false};
  auto shown = shower->second(context, db, ref);
  if (!shown) {
    if (shown.error().fault == Fault::not_found || shown.error().fault == Fault::forbidden) return gone;
    return fail(std::move(shown).error());
  }
  return ThreadLine{std::move(shown->label), std::move(shown->text), shown->path.empty() ? web::Url() : web::Url::from_stored(shown->path), false};
}

Result<std::vector<ThreadLine>> show_all(web::Context& context, store::Read& db, const std::vector<Ref>& refs) {
  std::vector<ThreadLine> lines;
  for (const auto& ref : refs) {
    TRY(auto line, show(context, db, ref));
    lines.push_back(std::move(line));
  }
  return lines;
}

Done may_start_from(web::Context& context, store::Read& db, const Ref& ref) {
  const auto& known = showers();
  const auto shower = known.find(ref.kind);
  // a private answer goes by its writer's own form alone, in the guide
  if (shower == known.end() || ref.kind == "private_note") return fail(Fault::not_found, "lineage.gone");
  TRY_DONE(shower->second(context, db, ref));
  return {};
}

Result<std::string> workbook_of(web::Context& context, store::Read& db, const Ref& ref) {
  std::vector<Ref> grounds{ref};
  if (ref.kind == "finding") {
    TRY(const auto evidence, evidence_of(db, context.scope(), Id::parse(ref.id).value_or(Id())));
    for (const auto& one : evidence) grounds.push_back(one.ref);
  }
  for (const auto& ground : grounds) {
    const auto shower = showers().find(ground.kind);
    if (shower == showers().end()) continue;
    const auto shown = shower->second(context, db, ground);
    if (shown && !shown->workbook.empty()) return shown->workbook;
  }
  return std::string();
}

Result<Around> around(web::Context& context, store::Read& db, const Ref& ref) {
  Around both;
  TRY(const auto from, came_from(db, context.scope(), ref));
  TRY(both.before, show_all(context, db, from));
  TRY(const auto resting, findings_on(db, context.scope(), ref));
  std::vector<Ref> after;
  for (const auto& one : resting) after.push_back({"finding", one.id.text()});
  TRY(const auto linked, became(db, context.scope(), ref));
  for (const auto& one : linked)
    if (std::ranges::find(after, one) == after.end()) after.push_back(one);
  TRY(both.after, show_all(context, db, after));
  std::erase_if(both.after, [](const ThreadLine& line) { return line.gone; });
  return both;
}

}  // namespace kedge::lineage::pages
