// A workbook as one JSON file: what the team has in it, in an order that says nothing of ids.
#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "guide/board.hpp"
#include "guide/exchange.hpp"
#include "guide/records.hpp"
#include "guide/thread.hpp"

namespace kedge::guide {
namespace {

using nlohmann::json;

// As the guide asks, then as the rows stand: the same file whenever it is written.
template <class Written>
void in_order(std::vector<Written>& written, const Guide& guide) {
  std::map<std::string, std::size_t, std::less<>> places;
  for (const auto& section : guide.sections)
    for (const auto& prompt : section.prompts) places.emplace(prompt.id, places.size());
  std::ranges::stable_sort(written, [&](const Written& a, const Written& b) {
    const auto first = places[a.place.prompt];
    const auto second = places[b.place.prompt];
    return first != second ? first < second : a.position < b.position;
  });
}

// Everything that the file may speak of, read once.
struct Whole {
  Workbook book;
  std::vector<Answer> answers;        // of the team
  std::vector<PrivateAnswer> own;
  std::vector<Checklist> lists;       // closed ones
  std::vector<json> proposals;
  Thread thread;
  Records records;
  std::string time_zone;
};

// The file's names for records: "a1", "f2". What has none is not in it.
class Names {
 public:
  void give(const lineage::Ref& ref, char letter, std::size_t at) { names_[ref.kind + " " + ref.id] = letter + std::to_string(at + 1); }
  // A merged record has the name of the one that it leads to.
  void give_same(const lineage::Ref& ref, const std::string& name) {
    if (!name.empty()) names_[ref.kind + " " + ref.id] = name;
  }
  [[nodiscard]] std::string of(std::string_view kind, const Id& id) const {
    const auto found = names_.find(std::string(kind) + " " + id.text());
    return found == names_.end() ? std::string() : found->second;
  }
  // A band by its list and practice; what is not in the file as "elsewhere", a private answer as a note without address.
  [[nodiscard]] json ref(const lineage::Ref& ref) const {
    if (ref.kind == "private_note") return {{"kind", ref.kind}};
    const auto slash = ref.id.find('/');
    const auto name = of(ref.kind == "band" ? "list" : ref.kind, Id::parse(std::string_view(ref.id).substr(0, slash)).value_or(Id()));
    if (name.empty()) return {{"kind", "elsewhere"}};
    if (ref.kind != "band") return {{"kind", ref.kind}, {"id", name}};
    return {{"kind", ref.kind}, {"id", name}, {"item", slash == std::string::npos ? "" : ref.id.substr(slash + 1)}};
  }
  // Each once, in their order.
  [[nodiscard]] json refs(const std::vector<lineage::Ref>& all) const {
    json made = json::array();
    for (const auto& one : all)
      if (auto here = ref(one); std::find(made.begin(), made.end(), here) == made.end()) made.push_back(std::move(here));
    return made;
  }

 private:
  std::map<std::string, std::string> names_;
};

Done read_proposals(store::Read& db, const store::Scope& scope, Whole& whole) {
  for (const auto& section : whole.book.definition().sections) {
    for (const auto& prompt : section.prompts) {
      if (prompt.kind != Kind::checklist) continue;
      TRY(const auto labels, proposals(db, scope, whole.book.id, prompt.id));
      for (const auto& label : labels) whole.proposals.push_back({{"prompt", prompt.id}, {"label", label}});
    }
  }
  return {};
}

Result<Whole> read_whole(store::Read& db, const store::Scope& scope, const Id& id, const crypto::Key* key, std::string_view former) {
  Whole whole;
  TRY(whole.book, workbook(db, scope, id));
  TRY(const auto library, identity::library(db, scope));
  whole.time_zone = library.time_zone;
  TRY(whole.records, records(db, scope, former));
  TRY(const auto all, answers(db, scope, id));
  for (const auto& answer : all)
    if (answer.voice == Voice::team && !answer.blank() && whole.book.definition().prompt(answer.place.prompt) != nullptr) whole.answers.push_back(answer);
  in_order(whole.answers, whole.book.definition());
  TRY(whole.lists, closed_lists(db, scope, whole.book));
  TRY_DONE(read_proposals(db, scope, whole));
  TRY(whole.thread, thread_of(db, scope, id, whole.lists));
  std::ranges::stable_sort(whole.thread.actions, {}, [&](const plan::Action& action) {
    return std::pair(Date::at(action.opened_ms, whole.time_zone).text(), action.step);
  });
  if (key == nullptr) return whole;
  TRY(whole.own, private_answers(db, scope, *key, id));
  in_order(whole.own, whole.book.definition());
  return whole;
}

// The organizations and contacts that something in the file names, by id, and the organizations of these contacts.
std::set<std::string> records_named(const Whole& whole) {
  std::set<std::string> ids;
  for (const auto& answer : whole.answers)
    for (const auto& column : whole.book.definition().prompt(answer.place.prompt)->columns)
      if (column.kind == ColumnKind::organization || column.kind == ColumnKind::contact)
        if (const auto found = answer.values.find(column.id); found != answer.values.end()) ids.insert(whole.records.now(found->second));
  const auto take = [&](const std::vector<lineage::Ref>& refs) {
    for (const auto& ref : refs)
      if (ref.kind == "organization" || ref.kind == "contact") ids.insert(whole.records.now(ref.id));
  };
  for (const auto& action : whole.thread.actions) {
    if (!action.owner_contact.empty()) ids.insert(action.owner_contact.text());
    take(whole.thread.came_from.at(action.id));
  }
  for (const auto& finding : whole.thread.findings)
    if (const auto found = whole.thread.grounds.find(finding.id); found != whole.thread.grounds.end()) take(found->second);
  for (const auto& contact : *whole.records.contacts)
    if (ids.contains(contact.id.text())) ids.insert(contact.organization.text());
  return ids;
}

void add_records(const Whole& whole, Names& names, json& file) {
  const auto named = records_named(whole);
  file["organizations"] = json::array();
  file["contacts"] = json::array();
  for (const auto& one : *whole.records.organizations) {
    if (!named.contains(one.id.text())) continue;
    names.give({"organization", one.id.text()}, 'o', file["organizations"].size());
    file["organizations"].push_back({{"id", names.of("organization", one.id)}, {"name", one.name}, {"alternate_name", one.alternate_name},
                                     {"description", one.description}, {"email", one.email}, {"website", one.website}, {"kind", one.kind}});
  }
  for (const auto& one : *whole.records.contacts) {
    if (!named.contains(one.id.text())) continue;
    names.give({"contact", one.id.text()}, 'c', file["contacts"].size());
    file["contacts"].push_back({{"id", names.of("contact", one.id)}, {"organization", names.of("organization", one.organization)}, {"name", one.name},
                                {"title", one.title}, {"department", one.department}, {"phone", one.phone}, {"email", one.email}});
  }
  for (const auto& [merged, survivor] : *whole.records.survivors)
    for (const auto* kind : {"organization", "contact"}) names.give_same({kind, merged.text()}, names.of(kind, survivor));
}

// Names in place of ids. A contact's phone and e-mail stand with the contact, and a record that was removed is left out.
Values said_of(const Whole& whole, const Answer& answer) {
  const auto& prompt = *whole.book.definition().prompt(answer.place.prompt);
  auto values = with_names(whole.records, prompt, answer.values);
  bool known = false;
  for (const auto& column : prompt.columns) {
    const auto found = values.find(column.id);
    if (found == values.end()) continue;
    const auto kept = answer.values.find(column.id);
    const bool record = column.kind == ColumnKind::organization || column.kind == ColumnKind::contact || column.kind == ColumnKind::member;
    if (column.kind == ColumnKind::contact && kept != answer.values.end() && kept->second != found->second) known = true;
    if (record && Id::parse(found->second)) values.erase(found);
  }
  for (const auto& column : prompt.columns)
    if (known && (column.kind == ColumnKind::phone || column.kind == ColumnKind::email)) values.erase(column.id);
  std::erase_if(values, [](const auto& field) { return field.second.empty(); });
  return values;
}

void add_answers(const Whole& whole, Names& names, json& file) {
  file["answers"] = json::array();
  for (const auto& answer : whole.answers) {
    names.give({"answer", answer.id.text()}, 'a', file["answers"].size());
    file["answers"].push_back({{"id", names.of("answer", answer.id)}, {"prompt", answer.place.prompt}, {"row", answer.place.row}, {"values", said_of(whole, answer)}});
  }
}

json band_json(const std::optional<disclosure::Band>& band) { return band ? json(code_of(*band)) : json(nullptr); }

void add_lists(const Whole& whole, Names& names, json& file) {
  file["lists"] = json::array();
  for (const auto& list : whole.lists) {
    names.give({"list", list.id.text()}, 'l', file["lists"].size());
    json items = json::array();
    for (const auto& item : list.items)
      items.push_back({{"item", item.id}, {"label", item.label}, {"well", band_json(item.well)}, {"better", band_json(item.better)}});
    file["lists"].push_back({{"id", names.of("list", list.id)}, {"prompt", list.prompt}, {"state", code_of(list.state)}, {"opened_on", list.opened_on.text()},
                             {"closed_on", list.closes_on.text()}, {"items", items}, {"comments", list.comments}});
  }
  file["proposals"] = whole.proposals;
}

std::string member_name(const Whole& whole, const Id& id) {
  for (const auto& one : *whole.records.members)
    if (one.id == id) return one.name;
  return {};
}

json owner_json(const Whole& whole, const Names& names, const plan::Action& action) {
  if (!action.owner_member.empty()) return {{"member", member_name(whole, action.owner_member)}};
  if (const auto contact = names.of("contact", action.owner_contact); !contact.empty()) return {{"contact", contact}};
  return nullptr;
}

Result<json> check_ins_json(store::Read& db, const store::Scope& scope, const Whole& whole, const Id& action) {
  TRY(auto noted, plan::check_ins(db, scope, action));
  std::ranges::reverse(noted);  // oldest first
  json all = json::array();
  for (const auto& one : noted)
    all.push_back({{"by", member_name(whole, one.member)}, {"on", Date::at(one.at_ms, whole.time_zone).text()}, {"note", one.note}});
  return all;
}

Done add_thread(store::Read& db, const store::Scope& scope, const Whole& whole, Names& names, json& file) {
  file["findings"] = json::array();
  file["actions"] = json::array();
  for (std::size_t i = 0; i < whole.thread.findings.size(); ++i) names.give({"finding", whole.thread.findings[i].id.text()}, 'f', i);
  for (std::size_t i = 0; i < whole.thread.actions.size(); ++i) names.give({"action", whole.thread.actions[i].id.text()}, 's', i);
  for (const auto& finding : whole.thread.findings) {
    const auto grounds = whole.thread.grounds.find(finding.id);
    // whose private answer it was is not told outside of the library
    const auto voice = finding.voice == lineage::Voice::team ? lineage::Voice::team : lineage::Voice::unnamed;
    file["findings"].push_back({{"id", names.of("finding", finding.id)}, {"statement", finding.statement}, {"theme", finding.theme},
                                {"state", code_of(finding.state)}, {"voice", code_of(voice)},
                                {"rests_on", names.refs(grounds == whole.thread.grounds.end() ? std::vector<lineage::Ref>() : grounds->second)}});
  }
  for (const auto& action : whole.thread.actions) {
    TRY(auto noted, check_ins_json(db, scope, whole, action.id));
    file["actions"].push_back(
        {{"id", names.of("action", action.id)}, {"step", action.step}, {"owner", owner_json(whole, names, action)}, {"due", action.due.text()}, {"look_on", action.look_on.text()},
         {"status", code_of(action.status)}, {"resources", action.resources}, {"obstacles", action.obstacles}, {"informed", action.informed},
         {"measure", action.measure}, {"outcome", action.outcome}, {"opened_on", Date::at(action.opened_ms, whole.time_zone).text()},
         {"closed_on", action.closed_ms == 0 ? "" : Date::at(action.closed_ms, whole.time_zone).text()},
         {"came_from", names.refs(whole.thread.came_from.at(action.id))}, {"check_ins", std::move(noted)}});
  }
  return {};
}

// The page for the board, where one was prepared. Whether its members may read it is decided anew wherever the file goes.
Done add_board(store::Read& db, const store::Scope& scope, const Id& workbook, const Names& names, json& file) {
  TRY(const auto page, board_page(db, scope, workbook));
  if (page.version == 0) return {};
  json asks = json::array();
  for (const auto& ask : page.asks) asks.push_back({{"decision", ask.decision}, {"cost", ask.cost}, {"by", ask.by.text()}, {"answer", ask.answer}});
  std::vector<lineage::Ref> left_out;
  for (const auto& key : page.left_out) {
    const auto slash = key.find('/');
    if (const lineage::Ref ref{key.substr(0, slash), key.substr(slash + 1)}; names.ref(ref)["kind"] != "elsewhere") left_out.push_back(ref);
  }
  auto written = names.refs(left_out);
  std::sort(written.begin(), written.end());
  file["board"] = {{"words", page.words}, {"asks", std::move(asks)}, {"left_out", std::move(written)}};
  return {};
}

}  // namespace

Result<std::string> export_workbook(store::Read& db, const store::Scope& scope, const Id& id, const crypto::Key* key, std::string_view former) {
  TRY(const auto whole, read_whole(db, scope, id, key, former));
  Names names;
  json file{{"kedge", "workbook"}, {"version", kExchangeVersion}, {"title", whole.book.title}, {"guide", to_yaml(whole.book.definition())}};
  add_records(whole, names, file);
  add_answers(whole, names, file);
  add_lists(whole, names, file);
  TRY_DONE(add_thread(db, scope, whole, names, file));
  TRY_DONE(add_board(db, scope, id, names, file));
  if (key != nullptr) {
    file["mine"] = json::array();
    for (const auto& answer : whole.own)
      if (!answer.values.empty()) file["mine"].push_back({{"prompt", answer.place.prompt}, {"row", answer.place.row}, {"values", answer.values}});
  }
  return file.dump(2) + "\n";
}

}  // namespace kedge::guide
