// What the preview of a file shows, and what its form says.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include "directory/pages/bring_page.hpp"
#include "directory/pages/columns.hpp"

namespace kedge::directory::pages {
namespace {

std::string value_of(const Id& id, std::int64_t version) { return id.text() + ":" + std::to_string(version); }

template <class Record>
std::string facts_of(const locale::Words& words, const Record& record) {
  std::string said;
  for (const auto& [code, member] : fields_of(record))
    if (code != "name" && !(record.*member).empty()) said += (said.empty() ? "" : " \xC2\xB7 ") + field_words(words, code, record.*member);
  return said;
}

class Look {
 public:
  Look(const web::Context& context, const Arrivals& all, const std::vector<Organization>& organizations, const std::vector<Contact>& contacts, const Decisions& said, const Error* error)
      : words_(context.words()), all_(all), organizations_(organizations), contacts_(contacts), said_(said), error_(error) {}

  template <class Record>
  void add(const Arrival<Record>& one, LookView& view) const {
    auto shown = shown_of(one);
    switch (one.standing) {
      case Standing::wrong:
        for (const auto& problem : one.wrong) {
          const auto label = problem.field == "organization" ? column_word(words_, Column::organization) : field_label(words_, one.record, problem.field);
          shown.wrong.push_back((label.empty() ? "" : label + ": ") + words_.say(problem));
          view.asks_elsewhere = view.asks_elsewhere || problem.key == "directory.bring.no_organization";
        }
        view.wrong.push_back(std::move(shown));
        break;
      case Standing::known: view.known.push_back(std::move(shown)); break;
      case Standing::fresh:
        shown.left = said_.contains(one.key) && said_.find(one.key)->second.what == Decision::What::leave;
        view.fresh.push_back(std::move(shown));
        break;
      case Standing::fuller:
      case Standing::asks:
        add_choices(one, shown);
        view.asked.push_back(std::move(shown));
        break;
    }
  }

 private:
  template <class Record>
  ArrivalView shown_of(const Arrival<Record>& one) const {
    ArrivalView shown;
    shown.row = one.row;
    shown.key = one.key;
    shown.organization = std::is_same_v<Record, Organization>;
    shown.name = one.record.name;
    const std::string leave = one.surely_there() ? "as_is" : shown.organization ? "organization" : "person";
    shown.leave = words_.plain("directory.bring.leave_" + leave);
    if constexpr (std::is_same_v<Record, Contact>)
      if (one.at < all_.organizations.size()) shown.name += (shown.name.empty() ? "" : ", ") + all_.organizations[one.at].record.name;
    shown.facts = facts_of(words_, one.record);
    return shown;
  }
  const Organization& kept(const Likeness& like, const Organization&) const { return *by_id(organizations_, like.id); }
  const Contact& kept(const Likeness& like, const Contact&) const { return *by_id(contacts_, like.id); }
  std::string name_of(const Organization& one) const { return one.name; }
  std::string name_of(const Contact& one) const {
    const auto* at = by_id(organizations_, one.organization);
    return one.name + (at == nullptr ? "" : ", " + at->name);
  }

  template <class Record>
  void add_choices(const Arrival<Record>& one, ArrivalView& shown) const {
    const auto said = said_.find(one.key);
    const auto chosen = said != said_.end() && said->second.what != Decision::What::unsaid ? said->second : proposed(one);
    shown.adds = chosen.what == Decision::What::add;
    shown.leaves = chosen.what == Decision::What::leave;
    for (const auto& like : one.like) {
      const auto& record = kept(like, one.record);
      LikeView view{value_of(record.id, record.version), name_of(record), reasons_words(words_, like.reasons), {}, chosen.what == Decision::What::into && chosen.into == like.id};
      for (const auto& [code, member] : fields_of(record)) {
        const auto& here = record.*member;
        const auto& there = one.record.*member;
        if (there.empty() || says_the_same(code, here, there)) continue;
        SideBySide field{field_label(words_, record, code), field_words(words_, code, here), field_words(words_, code, there), {}, false};
        if (!here.empty()) field.take = record.id.text() + ":" + std::string(code);
        field.taken = view.chosen && chosen.taken.contains(code);
        view.fields.push_back(std::move(field));
      }
      shown.likes.push_back(std::move(view));
    }
    shown.undecided = error_ != nullptr && std::ranges::any_of(error_->fields, [&](const FieldError& problem) { return problem.field == one.key; });
  }

  const locale::Words& words_;
  const Arrivals& all_;
  const std::vector<Organization>& organizations_;
  const std::vector<Contact>& contacts_;
  const Decisions& said_;
  const Error* error_;
};

// "add", "leave", or a record with the version that was seen.
Decision decision_of(std::string_view said) {
  if (said == "add") return {Decision::What::add};
  if (said == "leave") return {Decision::What::leave};
  const auto colon = said.find(':');
  const auto id = Id::parse(said.substr(0, colon));
  if (!id || colon == std::string_view::npos) return {};
  return {Decision::What::into, *id, std::atoll(std::string(said.substr(colon + 1)).c_str())};
}

}  // namespace

Decisions decisions_of(const web::Request& request, const Arrivals& all) {
  Decisions decisions;
  const auto out = request.form.every("out");
  const auto add = [&](const std::string& key) {
    auto decision = decision_of(request.form.first("do-" + key));
    if (std::ranges::find(out, key) != out.end()) decision = {Decision::What::leave};
    for (const auto taken : request.form.every("take-" + key))
      if (const auto colon = taken.find(':'); colon != std::string_view::npos && taken.substr(0, colon) == decision.into.text()) decision.taken.emplace(taken.substr(colon + 1));
    decisions.emplace(key, std::move(decision));
  };
  for (const auto& one : all.organizations) add(one.key);
  for (const auto& one : all.contacts) add(one.key);
  return decisions;
}

Result<LookView> look_view(store::Read& db, const web::Context& context, const std::vector<Line>& lines, const Notes& notes, const Error* error) {
  const auto elsewhere = context.request().line("elsewhere");
  TRY(const auto all, arrivals(db, context.scope(), lines, elsewhere));
  TRY(const auto organizations, directory::organizations(db, context.scope()));
  TRY(const auto contacts, directory::contacts(db, context.scope()));
  LookView view{.form = web::Form(context, error), .lines = carried(lines), .elsewhere = {}, .left_aside = context.words().list(notes.left_aside), .wrong = {}, .asked = {}, .fresh = {}, .known = {}};
  view.old_letters = notes.old_letters;
  view.elsewhere = web::Form(context).field(web::FieldKind::suggest, "elsewhere", "directory.bring.elsewhere", elsewhere).limited(200);
  for (const auto& one : *organizations) view.elsewhere.choices.push_back({one.name, one.name});
  const auto said = decisions_of(context.request(), all);
  const Look look(context, all, *organizations, *contacts, said, error);
  for (const auto& one : all.organizations) look.add(one, view);
  for (const auto& one : all.contacts) look.add(one, view);
  for (auto* part : {&view.wrong, &view.asked, &view.fresh, &view.known}) std::ranges::stable_sort(*part, {}, &ArrivalView::row);
  return view;
}

}  // namespace kedge::directory::pages
