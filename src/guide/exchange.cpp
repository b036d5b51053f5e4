// A workbook from its JSON file: everything under new ids, in one transaction.
#include "guide/exchange.hpp"
#include "guide/board.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "guide/checklist.hpp"
#include "guide/checklist_store.hpp"
#include "guide/exchange_node.hpp"
#include "guide/fields.hpp"
#include "guide/records.hpp"
#include "guide/workbook_store.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"

namespace kedge::guide {
namespace {

using exchange::broken, exchange::Node;
using nlohmann::json;

constexpr Roles kWhoActs{Role::administrator, Role::lead, Role::staff, Role::intern};

Result<Id> guide_for(store::Tx& tx, const store::Scope& scope, const Guide& guide, const std::string& yaml) {
  TRY(const auto kept, rows::guide_by_slug(tx, scope, guide.slug));
  if (kept && kept->yaml == yaml) return kept->id;
  const auto id = tx.fresh_id();
  const auto shipped = shipped_guides().find(guide.slug);
  const bool as_shipped = shipped != shipped_guides().end() && to_yaml(*shipped->second) == yaml;
  TRY_DONE(rows::add_guide(tx, scope, {id, guide.slug, yaml, as_shipped, 1}));
  return id;
}

// Some instant of a day in a zone.
std::int64_t instant_on(const Date& day, const std::string& zone) {
  constexpr std::int64_t kHour_ms = 3'600'000;
  for (const auto hour : {12, 0, 23})
    if (const auto instant = (day.days() * 24 + hour) * kHour_ms; Date::at(instant, zone) == day) return instant;
  return day.days() * 24 * kHour_ms;
}

class Import {
 public:
  Import(store::Tx& tx, const store::Scope& scope, const Node& file) : tx_(tx), scope_(scope), file_(file) {}

  Result<Imported> run(const crypto::Key* key) {
    TRY(const auto title, file_.text("title"));
    TRY(const auto yaml, file_.text("guide"));
    TRY(guide_, parse_guide(yaml, "guide.yaml"));
    TRY(const auto library, identity::library(tx_, scope_));
    time_zone_ = library.time_zone;
    TRY(const auto guide_id, guide_for(tx_, scope_, guide_, to_yaml(guide_)));
    TRY(book_, open_workbook(tx_, scope_, guide_id, title));
    TRY_DONE(bring_records());
    TRY_DONE(file_.each("answers", [&](const Node& node) { return team_answer(node); }));
    TRY_DONE(file_.each("lists", [&](const Node& node) { return closed_list(node); }));
    TRY_DONE(file_.each("proposals", [&](const Node& node) { return proposal(node); }));
    TRY_DONE(bring_thread());
    TRY_DONE(bring_board());
    if (key != nullptr) {
      rows_.clear();
      TRY_DONE(file_.each("mine", [&](const Node& node) { return own_answer(node, *key); }));
    }
    return Imported{book_, without_owner_};
  }

 private:
  // ---- organizations and contacts: as they stand here, where there is one of the name
  Done bring_records() {
    TRY_DONE(file_.each("organizations", [&](const Node& node) { return organization(node); }));
    TRY_DONE(file_.each("contacts", [&](const Node& node) { return contact(node); }));
    TRY(const auto everybody, identity::members(tx_, scope_));
    for (const auto& member : everybody) {
      const auto [known, first] = members_.try_emplace(text::fold(member.name), member.roles.any(kWhoActs) ? member.id : Id());
      if (!first) known->second = Id();
    }
    return {};
  }
  Done organization(const Node& node) {
    directory::Organization one;
    TRY(const auto name, node.text("id"));
    TRY(one.name, node.text("name"));
    TRY(one.alternate_name, node.text_if("alternate_name"));
    TRY(one.description, node.text_if("description"));
    TRY(one.email, node.text_if("email"));
    TRY(one.website, node.text_if("website"));
    TRY(one.kind, node.text_if("kind"));
    TRY(const auto all, directory::organizations(tx_, scope_));
    for (const auto& kept : *all)
      if (text::fold(kept.name) == text::fold(one.name)) {
        give_organization(name, one.name, kept.id);
        return {};
      }
    TRY(const auto made, directory::save(tx_, scope_, one));
    give_organization(name, one.name, made);
    return {};
  }
  void give_organization(const std::string& file_name, const std::string& name, const Id& id) {
    give("organization", file_name, id);
    organizations_by_name_[text::fold(name)] = id;
  }
  Done contact(const Node& node) {
    directory::Contact one;
    TRY(const auto name, node.text("id"));
    TRY(const auto at_name, node.text("organization"));
    if (!known("organization", at_name)) return broken(node.at("organization"), "guide.import.ref");
    one.organization = *known("organization", at_name);
    TRY(one.name, node.text("name"));
    TRY(one.title, node.text_if("title"));
    TRY(one.department, node.text_if("department"));
    TRY(one.phone, node.text_if("phone"));
    TRY(one.email, node.text_if("email"));
    TRY(const auto there, directory::contacts_at(tx_, scope_, one.organization));
    for (const auto& kept : there)
      if (text::fold(kept.name) == text::fold(one.name)) {
        give("contact", name, kept.id);
        contacts_[{one.organization, text::fold(one.name)}] = kept;
        return {};
      }
    TRY(one.id, directory::save(tx_, scope_, one));
    give("contact", name, one.id);
    contacts_[{one.organization, text::fold(one.name)}] = one;
    return {};
  }

  // ---- answers
  struct Written {
    Place place;
    Values values;
  };
  // Rows that somebody added get a new id; rows of one list stay together.
  Result<Written> written(const Node& node) {
    Written answer;
    answer.place.workbook = book_;
    TRY(answer.place.prompt, node.text("prompt"));
    TRY(answer.place.row, node.text("row"));
    const auto* prompt = guide_.prompt(answer.place.prompt);
    if (prompt == nullptr) return broken(node.at("prompt"), "guide.prompt.unknown");
    if (has_rows(*prompt) && prompt->row(answer.place.row) == nullptr) {
      if (!Id::parse(answer.place.row)) return broken(node.at("row"), "guide.import.row");
      auto& fresh = rows_[answer.place.prompt + "/" + answer.place.row];
      if (fresh.empty()) fresh = fresh_row();
      answer.place.row = fresh;
    }
    const auto* values = node.find("values");
    if (values == nullptr || !values->is_object()) return broken(node.at("values"), "guide.import.object");
    for (const auto& [field, value] : values->items()) {
      if (!value.is_string()) return broken(node.at("values") + "/" + field, "guide.import.text");
      answer.values[field] = value.get<std::string>();
    }
    return answer;
  }
  // A colleague's name becomes the colleague; a contact of the directory brings its own phone and e-mail, so that none changes.
  Values with_people(const Prompt& prompt, Values values) const {
    Id organization;
    const directory::Contact* person = nullptr;
    for (const auto& column : prompt.columns) {
      const auto found = values.find(column.id);
      if (found == values.end()) continue;
      const auto folded = text::fold(found->second);
      if (column.kind == ColumnKind::organization) {
        if (const auto known = organizations_by_name_.find(folded); known != organizations_by_name_.end()) organization = known->second;
      } else if (column.kind == ColumnKind::member) {
        if (const auto member = members_.find(folded); member != members_.end() && !member->second.empty()) found->second = member->second.text();
      } else if (column.kind == ColumnKind::contact) {
        if (const auto contact = contacts_.find({organization, folded}); contact != contacts_.end()) {
          person = &contact->second;
          found->second = person->id.text();
        }
      }
    }
    if (person == nullptr) return values;
    for (const auto& column : prompt.columns) {
      if (column.kind == ColumnKind::phone && !person->phone.empty()) values[column.id] = person->phone;
      if (column.kind == ColumnKind::email && !person->email.empty()) values[column.id] = person->email;
    }
    return values;
  }
  Done team_answer(const Node& node) {
    TRY(auto answer, written(node));
    TRY(const auto name, node.text_if("id"));
    const auto saved = save_team(tx_, scope_, answer.place, with_people(*guide_.prompt(answer.place.prompt), std::move(answer.values)), 0);
    if (!saved) return fail(exchange::at(saved.error(), node.at("values")));
    give("answer", name, saved->id);
    return {};
  }
  Done own_answer(const Node& node, const crypto::Key& key) {
    TRY(const auto answer, written(node));
    const auto saved = save_private(tx_, scope_, key, {answer.place, answer.values, 0});
    if (!saved) return fail(exchange::at(saved.error(), node.at("values")));
    return {};
  }

  // ---- closed lists: as they were, to read
  Result<std::string> checklist_of(const Node& node) const {
    TRY(auto prompt_id, node.text("prompt"));
    const auto* prompt = guide_.prompt(prompt_id);
    if (prompt == nullptr || prompt->kind != Kind::checklist) return broken(node.at("prompt"), "guide.prompt.unknown");
    return prompt_id;
  }
  static Result<std::optional<disclosure::Band>> band(const Node& node, const char* name) {
    if (node.find(name) == nullptr) return std::optional<disclosure::Band>();
    TRY(const auto known, node.code<disclosure::Band>(name));
    return std::optional(known);
  }
  Done closed_list(const Node& node) {
    Checklist list;
    list.workbook = book_;
    TRY(const auto name, node.text("id"));
    TRY(list.prompt, checklist_of(node));
    TRY(list.state, node.code<ListState>("state"));
    if (list.state == ListState::open) return broken(node.at("state"), "guide.import.word");
    TRY(list.opened_on, node.date("opened_on"));
    TRY(list.closes_on, node.date("closed_on"));
    if (list.opened_on.empty()) return broken(node.at("opened_on"), "web.field.date");
    if (list.closes_on.empty()) return broken(node.at("closed_on"), "web.field.date");
    TRY_DONE(node.each("items", [&](const Node& item) -> Done {
      ListItem one;
      TRY(one.id, item.text("item"));
      TRY(one.label, item.text_if("label"));
      TRY(one.well, band(item, "well"));
      TRY(one.better, band(item, "better"));
      const bool twice = std::ranges::find(list.items, one.id, &ListItem::id) != list.items.end();
      if (one.id.empty() || one.id.size() > 100 || twice || text::length(one.label) > kTextLimit) return broken(item.at("item"), "guide.import.row");
      list.items.push_back(std::move(one));
      return {};
    }));
    if (list.items.size() > kMostItems) return broken(node.at("items"), "guide.import.list");
    TRY(list.comments, texts(node, "comments"));
    TRY(const auto kept, keep_closed(tx_, scope_, list));
    give("list", name, kept);
    return {};
  }
  static Result<std::vector<std::string>> texts(const Node& node, const char* name) {
    std::vector<std::string> all;
    const auto* found = node.find(name);
    if (found == nullptr) return all;
    if (!found->is_array()) return broken(node.at(name), "guide.import.list");
    for (const auto& one : *found) {
      if (!one.is_string() || text::length(one.get<std::string>()) > kCommentLimit) return broken(node.at(name), "guide.import.text");
      all.push_back(text::clean(one.get<std::string>()));
    }
    return all;
  }
  Done proposal(const Node& node) {
    TRY(const auto prompt, checklist_of(node));
    TRY(const auto label, node.text("label"));
    return propose(tx_, scope_, book_, prompt, label);
  }

  // ---- findings and actions: first each, then what ties them together
  Done bring_thread() {
    TRY_DONE(file_.each("findings", [&](const Node& node) { return finding(node); }));
    TRY_DONE(file_.each("actions", [&](const Node& node) { return action(node); }));
    TRY_DONE(file_.each("findings", [&](const Node& node) -> Done {
      TRY(const auto name, node.text("id"));
      TRY(const auto state, node.code<lineage::State>("state"));
      const auto id = *known("finding", name);
      TRY_DONE(node.each("rests_on", [&](const Node& one) -> Done {
        TRY(const auto ref, ref_of(one));
        return lineage::rest_on(tx_, scope_, id, ref);
      }));
      return lineage::decide(tx_, scope_, id, state);
    }));
    return file_.each("actions", [&](const Node& node) -> Done {
      TRY(const auto name, node.text("id"));
      return node.each("came_from", [&](const Node& one) -> Done {
        TRY(const auto ref, ref_of(one));
        return lineage::link(tx_, scope_, ref, {"action", known("action", name)->text()});
      });
    });
  }
  // The page for the board; its members do not see it before somebody here says so.
  Done bring_board() {
    const auto* found = file_.find("board");
    if (found == nullptr) return {};
    if (!found->is_object()) return broken("board", "guide.import.object");
    const Node node(*found, "board");
    BoardPage page;
    TRY(page.words, node.text_if("words"));
    TRY_DONE(node.each("asks", [&](const Node& one) -> Done {
      BoardAsk ask;
      TRY(ask.decision, one.text("decision"));
      TRY(ask.cost, one.text_if("cost"));
      TRY(ask.by, one.date("by"));
      TRY(ask.answer, one.text_if("answer"));
      page.asks.push_back(std::move(ask));
      return {};
    }));
    TRY_DONE(node.each("left_out", [&](const Node& one) -> Done {
      TRY(const auto ref, ref_of(one));
      if (ref.kind != "finding" && ref.kind != "action") return broken(one.at("kind"), "guide.import.word");
      page.left_out.insert(ref.kind + "/" + ref.id);
      return {};
    }));
    if (auto done = save_board_page(tx_, scope_, book_, std::move(page)); !done) return fail(exchange::at(std::move(done).error(), "board"));
    return {};
  }
  Result<lineage::Ref> ref_of(const Node& node) const {
    TRY(const auto kind, node.text("kind"));
    if (kind == "private_note") return lineage::Ref{kind, Id::random().text()};
    if (kind == "elsewhere") return lineage::Ref{kind, book_.text()};  // it still belongs to this workbook
    TRY(const auto name, node.text("id"));
    const auto id = known(kind == "band" ? "list" : kind, name);
    if (!id || kind == "list") return broken(node.at("id"), "guide.import.ref");
    if (kind != "band") return lineage::Ref{kind, id->text()};
    TRY(const auto item, node.text("item"));
    return lineage::Ref{kind, id->text() + "/" + item};
  }
  Done finding(const Node& node) {
    lineage::NewFinding fresh;
    TRY(const auto name, node.text("id"));
    TRY(fresh.statement, node.text("statement"));
    TRY(fresh.theme, node.text_if("theme"));
    TRY(fresh.voice, node.code<lineage::Voice>("voice"));
    if (fresh.voice == lineage::Voice::named) return broken(node.at("voice"), "guide.import.word");  // nobody is named from a file
    TRY(const auto id, lineage::raise(tx_, scope_, fresh));
    give("finding", name, id);
    return {};
  }
  Done action(const Node& node) {
    plan::Action one;
    one.workbook = book_;
    TRY(const auto name, node.text("id"));
    TRY(one.step, node.text("step"));
    TRY(one.due, node.date("due"));
    TRY(one.look_on, node.date("look_on"));
    TRY(one.status, node.code<plan::Status>("status"));
    TRY(one.resources, node.text_if("resources"));
    TRY(one.obstacles, node.text_if("obstacles"));
    TRY(one.informed, node.text_if("informed"));
    TRY(one.measure, node.text_if("measure"));
    TRY(one.outcome, node.text_if("outcome"));
    TRY(const auto opened_on, node.date("opened_on"));
    TRY(const auto closed_on, node.date("closed_on"));
    one.opened_ms = opened_on.empty() ? tx_.now_ms() : instant_on(opened_on, time_zone_);
    one.closed_ms = closed_on.empty() ? 0 : instant_on(closed_on, time_zone_);
    TRY_DONE(give_owner(node, one));
    TRY(const auto noted, check_ins(node));
    TRY(const auto id, plan::bring_in(tx_, scope_, one, noted, {}));
    give("action", name, id);
    return {};
  }
  // Who has no account here can't own it: it waits as proposed until somebody takes it.
  Done give_owner(const Node& node, plan::Action& action) {
    const auto* owner = node.find("owner");
    if (owner == nullptr) return {};
    if (!owner->is_object()) return broken(node.at("owner"), "guide.import.object");
    const Node who(*owner, node.at("owner"));
    if (who.find("contact") != nullptr) {
      TRY(const auto name, who.text("contact"));
      if (!known("contact", name)) return broken(who.at("contact"), "guide.import.ref");
      action.owner_contact = *known("contact", name);
      return {};
    }
    TRY(const auto name, who.text("member"));
    if (const auto member = members_.find(text::fold(name)); member != members_.end()) action.owner_member = member->second;
    if (!action.owner_member.empty()) return {};
    ++without_owner_;
    if (action.status == plan::Status::started) action.status = plan::Status::proposed;
    return {};
  }
  Result<std::vector<plan::CheckIn>> check_ins(const Node& node) const {
    std::vector<plan::CheckIn> all;
    TRY_DONE(node.each("check_ins", [&](const Node& one) -> Done {
      plan::CheckIn noted;
      TRY(const auto by, one.text_if("by"));
      TRY(const auto on, one.date("on"));
      TRY(noted.note, one.text("note"));
      if (on.empty()) return broken(one.at("on"), "web.field.date");
      if (const auto member = members_.find(text::fold(by)); member != members_.end()) noted.member = member->second;
      noted.at_ms = instant_on(on, time_zone_) + static_cast<std::int64_t>(all.size());  // in their order
      all.push_back(std::move(noted));
      return {};
    }));
    return all;
  }

  // ---- the file's names for records
  void give(std::string_view kind, const std::string& name, const Id& id) {
    if (!name.empty()) names_[std::string(kind) + " " + name] = id;
  }
  [[nodiscard]] std::optional<Id> known(std::string_view kind, const std::string& name) const {
    const auto found = names_.find(std::string(kind) + " " + name);
    return found == names_.end() ? std::nullopt : std::optional(found->second);
  }

  store::Tx& tx_;
  const store::Scope& scope_;
  const Node& file_;
  Guide guide_;
  std::string time_zone_;
  Id book_;
  int without_owner_ = 0;
  std::map<std::string, std::string> rows_;      // new ones, by prompt and the file's name
  std::map<std::string, Id> names_;              // by kind and the file's name
  std::map<std::string, Id> organizations_by_name_;
  std::map<std::pair<Id, std::string>, directory::Contact> contacts_;
  std::map<std::string, Id> members_;            // by folded name; empty where two have it, or who has it owns no action
};

}  // namespace

Result<Imported> import_workbook(store::Tx& tx, const store::Scope& scope, std::string_view text, const crypto::Key* key) {
  if (text.size() > kLargestExchange) return fail(Fault::too_large, "guide.import.too_large");
  const auto whole = json::parse(text, nullptr, false);
  if (!whole.is_object() || whole.value("kedge", json()) != "workbook") return fail(Fault::invalid, "guide.import.not_ours");
  const auto version = whole.value("version", json());
  if (!version.is_number_integer()) return fail(Fault::invalid, "guide.import.not_ours");
  if (version > kExchangeVersion) return fail(Fault::newer_version, "guide.import.newer");
  if (version < kExchangeVersion) return fail(Fault::invalid, "guide.import.older");
  const Node file(whole, "");
  return Import(tx, scope, file).run(key);
}

}  // namespace kedge::guide
