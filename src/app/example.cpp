#include "app/example.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <yaml-cpp/yaml.h>

#include "app/installation.hpp"
#include "core/paths.hpp"
#include "directory/directory.hpp"
#include "guide/board.hpp"
#include "guide/checklist.hpp"
#include "guide/guide_edit.hpp"
#include "guide/workbook.hpp"
#include "identity/example.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"

namespace kedge::app {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kHour_ms = 60 * kMinute_ms;
constexpr std::int64_t kDay_ms = 24 * kHour_ms;

tl::unexpected<Error> broken(const std::string& what) { return fail(Fault::internal, "app.example.broken", what); }
std::string text_of(const YAML::Node& node, const char* key) { return node[key] ? node[key].as<std::string>() : std::string(); }
std::int64_t days_of(const YAML::Node& node, const char* key) { return node[key] ? node[key].as<std::int64_t>() : 0; }

// Tells the story in the order of its days: each step runs with the clock set back to its day.
class Story {
 public:
  Story(const YAML::Node& file, const Program& program, FixedClock& clock, const Installation& opened)
      : file_(file), clock_(clock), opened_(opened), now_ms_(program.clock().now_ms()) {}

  Done tell() {
    TRY_DONE(found());
    TRY_DONE(write(opened_days_ago(), [this](store::Tx& tx) { return begin(tx); }));
    for (const auto& answer : file_["answers"])
      at(days_of(answer, "days_ago"), [this, answer](store::Tx& tx) { return write_answer(tx, answer); });
    at(days_of(file_["own_guide"], "copied_days_ago"), [this](store::Tx& tx) { return copy_guide(tx); });
    for (const auto* list : {"earlier_care_list", "care_list"})
      at(days_of(file_[list], "closed_days_ago"), [this, list](store::Tx& tx) { return keep_list(tx, file_[list]); });
    for (const auto& finding : file_["findings"]) {
      at(days_of(finding, "days_ago"), [this, finding](store::Tx& tx) { return raise(tx, finding); });
    }
    for (const auto& action : file_["actions"]) act(action);
    at(days_of(file_["board"], "days_ago"), [this](store::Tx& tx) { return keep_board(tx, file_["board"]); });
    std::ranges::stable_sort(steps_, std::greater<>(), &Step::days_ago);
    for (const auto& step : steps_) TRY_DONE(write(step.days_ago, step.work));
    return {};
  }

 private:
  using Work = std::function<Done(store::Tx&)>;
  struct Step {
    std::int64_t days_ago = 0;
    Work work;
  };
  struct Person {
    Id id;
    crypto::Key key;
    Roles roles;
  };

  void at(std::int64_t days_ago, Work work) { steps_.push_back({days_ago, std::move(work)}); }
  [[nodiscard]] std::int64_t opened_days_ago() const { return days_of(file_["workbook"], "opened_days_ago"); }
  // To that day while the library is open: from twenty past nine, each step some minutes after the one before.
  void go_back(std::int64_t days) {
    steps_of_day_ = days == day_ ? steps_of_day_ + 1 : 0;
    day_ = days;
    const auto moment = midnight(in_days(-days)) + 9 * kHour_ms + 20 * kMinute_ms + std::min<std::int64_t>(steps_of_day_ * 17, 440) * kMinute_ms;
    clock_.advance(std::min(moment, now_ms_) - clock_.now_ms());
  }
  [[nodiscard]] std::int64_t midnight(const Date& day) const {
    auto moment = (day.days() - 1) * kDay_ms;  // before it in every zone
    while (Date::at(moment, library_.time_zone) < day) moment += kHour_ms;
    return moment;
  }
  Done write(std::int64_t days_ago, const Work& work) {
    go_back(days_ago);
    return opened_.db->write(console_scope(library_.id), [&](store::Tx& tx) { return work(tx); });
  }
  // On behalf of one of the example's people.
  [[nodiscard]] store::Scope as(const std::string& member) const {
    const auto found = people_.find(member);
    return found == people_.end() ? console_scope(library_.id) : store::Scope{library_.id, found->second.id, found->second.roles};
  }
  [[nodiscard]] Result<Id> id_of(const std::map<std::string, Id>& known, const std::string& name) const {
    const auto found = known.find(name);
    if (found == known.end()) return broken("no " + name);
    return found->second;
  }
  [[nodiscard]] Date in_days(std::int64_t days) const { return Date::from_days(Date::at(now_ms_, library_.time_zone).days() + days); }

  Done found() {
    const auto node = file_["library"];
    library_.name = text_of(node, "name");
    library_.language = language_of(text_of(node, "language")).value_or(Language::en);
    library_.time_zone = text_of(node, "time_zone");
    library_.country = text_of(node, "country");
    library_.state = text_of(node, "state");
    library_.fiscal_month = days_of(node, "fiscal_month");
    library_.threshold = days_of(node, "threshold");
    library_.example = true;
    std::vector<std::string> branches;
    for (const auto& branch : file_["branches"]) branches.push_back(text_of(branch, "name"));
    go_back(opened_days_ago() + 1);
    TRY(library_.id, opened_.db->write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found_example(tx, library_, branches); }));
    for (const auto& member : file_["members"]) TRY_DONE(write(opened_days_ago() + 1, [&](store::Tx& tx) { return add_person(tx, member); }));
    return {};
  }

  Done add_person(store::Tx& tx, const YAML::Node& node) {
    identity::NewMember member{.name = text_of(node, "name"), .roles = {}, .language = language_of(text_of(node, "language")), .job = text_of(node, "job")};
    for (const auto& role : node["roles"])
      if (const auto known = from_code<Role>(role.as<std::string>())) member.roles.add(*known);
    const auto door = node["look_round"] && !node["look_round"].as<bool>() ? identity::Door::closed : identity::Door::open;
    TRY(const auto added, identity::add_example_member(tx, *opened_.keyring, tx.scope(), member, door));
    people_[text_of(node, "id")] = {added.id, added.key, member.roles};
    return {};
  }

  Done begin(store::Tx& tx) {
    const auto scope = as("rosa");
    for (const auto& node : file_["organizations"]) {
      directory::Organization one;
      one.name = text_of(node, "name");
      one.description = text_of(node, "description");
      one.website = text_of(node, "website");
      one.kind = text_of(node, "kind");
      TRY(organizations_[text_of(node, "id")], directory::save(tx, scope, one));
    }
    for (const auto& node : file_["contacts"]) {
      directory::Contact one;
      one.name = text_of(node, "name");
      one.title = text_of(node, "title");
      one.email = text_of(node, "email");
      one.phone = text_of(node, "phone");
      TRY(one.organization, id_of(organizations_, text_of(node, "organization")));
      TRY(contacts_[text_of(node, "id")], directory::save(tx, scope, one));
    }
    TRY(const auto guide, guide::adopt_guide(tx, scope, text_of(file_["workbook"], "guide")));
    TRY(workbook_, guide::open_workbook(tx, scope, guide, text_of(file_["workbook"], "title")));
    TRY(const auto opened, guide::workbook(tx, scope, workbook_));
    definition_ = opened.guide.guide;
    return {};
  }

  Done copy_guide(store::Tx& tx) {
    const auto scope = as("rosa");
    const auto node = file_["own_guide"];
    TRY(const auto guide, guide::adopt_guide(tx, scope, text_of(file_["workbook"], "guide")));
    const auto words = [&](const char* name) {
      guide::Text text;
      text.say(library_.language, text_of(node, name));
      return text;
    };
    TRY(const auto id, guide::copy_guide(tx, scope, guide, text_of(node, "title")));
    TRY(const auto copy, guide::guide_of(tx, scope, id));
    TRY(auto changed, guide::add_section(*copy.guide, {words("section"), words("lede"), library_.language}, "example"));
    guide::NewPrompt prompt;
    prompt.words = {words("question"), words("help"), {}};
    prompt.writer = library_.language;
    const auto section = changed.sections.back().id;
    TRY(changed, guide::add_prompt(std::move(changed), section, prompt, "example"));
    return guide::save_guide(tx, scope, id, changed, copy.version);
  }

  // What a row of a list names: our ids in place of the file's names, dates in place of days from today.
  Result<std::string> value_of(const guide::Prompt& prompt, const std::string& column_id, const std::string& said) const {
    const auto* column = prompt.column(column_id);
    if (column == nullptr) return said;
    switch (column->kind) {
      case guide::ColumnKind::organization:
      case guide::ColumnKind::contact: {
        TRY(const auto id, id_of(column->kind == guide::ColumnKind::contact ? contacts_ : organizations_, said));
        return id.text();
      }
      case guide::ColumnKind::member: return people_.contains(said) ? people_.at(said).id.text() : said;
      case guide::ColumnKind::date: return in_days(std::stoll(said)).text();
      case guide::ColumnKind::text:
      case guide::ColumnKind::long_text:
      case guide::ColumnKind::choice:
      case guide::ColumnKind::phone:
      case guide::ColumnKind::email: break;
    }
    return said;
  }

  // A given row of the guide keeps its name; one that somebody added gets an id.
  std::string row_of(const guide::Prompt& prompt, const std::string& row, const std::string& member) {
    if (row.empty() || prompt.row(row) != nullptr) return row;
    auto& id = rows_[prompt.id + "/" + row + "/" + member];
    if (id.empty()) id = guide::fresh_row();
    return id;
  }

  // A list that closed: only what such a list says of itself, words.
  Done keep_list(store::Tx& tx, const YAML::Node& node) {
    guide::Checklist list;
    list.workbook = workbook_;
    list.prompt = text_of(node, "prompt");
    list.opened_on = in_days(-days_of(node, "opened_days_ago"));
    list.closes_on = in_days(-days_of(node, "closed_days_ago"));
    for (const auto& band : node["bands"])
      list.items.push_back({text_of(band, "item"), {}, from_code<disclosure::Band>(text_of(band, "well")), from_code<disclosure::Band>(text_of(band, "better"))});
    for (const auto& own : node["own_items"])
      for (auto& item : list.items)
        if (item.id == text_of(own, "id")) item.label = text_of(own, "label");
    for (const auto& comment : node["comments"]) list.comments.push_back(comment["text"] ? text_of(comment, "text") : comment.as<std::string>());
    for (const auto& [name, person] : people_)
      if (person.roles.any({Role::administrator, Role::lead, Role::staff, Role::intern})) list.roster.push_back(person.id);
    TRY(list_, guide::keep_closed(tx, as("rosa"), list));
    return {};
  }

  Done write_answer(store::Tx& tx, const YAML::Node& node) {
    const auto prompt_id = text_of(node, "prompt");
    const auto* prompt = definition_->prompt(prompt_id);
    if (prompt == nullptr) return broken("no prompt " + prompt_id);
    const auto member = text_of(node, "member");
    const auto row = text_of(node, "row");
    const guide::Place place{workbook_, prompt_id, row_of(*prompt, row, member)};
    guide::Values values;
    for (const auto& pair : node["values"]) {
      const auto field = pair.first.as<std::string>();
      TRY(values[field], value_of(*prompt, field, pair.second.as<std::string>()));
    }
    const auto name = prompt_id + "/" + row + "/" + text_of(node, "voice") + "/";
    if (text_of(node, "voice") == "team") {
      TRY(const auto saved, guide::save_team(tx, as(member), place, values, 0));
      answers_[name] = {"answer", saved.id.text()};
      return {};
    }
    if (!people_.contains(member)) return broken("no member " + member);
    const auto& writer = people_.at(member);
    TRY(const auto saved, guide::save_private(tx, as(member), writer.key, {place, values, 0}));
    answers_[name + member] = {"private_note", saved.id.text()};
    if (text_of(node, "shared") != "true") return {};
    TRY_DONE(guide::share(tx, as(member), writer.key, place));
    TRY(const auto all, guide::answers(tx, as(member), workbook_));
    for (const auto& answer : all)
      if (answer.member == writer.id && answer.place.prompt == place.prompt && answer.place.row == place.row)
        answers_[name + member] = {"answer", answer.id.text()};
    return {};
  }

  Result<std::optional<lineage::Ref>> ref_of(const YAML::Node& node) const {
    using Found = std::optional<lineage::Ref>;
    const auto record = [&](const char* kind, const std::map<std::string, Id>& known) -> Result<Found> {
      TRY(const auto id, id_of(known, text_of(node, kind)));
      return Found({kind, id.text()});
    };
    if (node["finding"]) return record("finding", findings_);
    if (node["organization"]) return record("organization", organizations_);
    if (node["contact"]) return record("contact", contacts_);
    if (node["item"]) return Found({"band", list_.text() + "/" + text_of(node, "item")});
    const auto name = text_of(node, "prompt") + "/" + text_of(node, "row") + "/" + text_of(node, "voice") + "/" + text_of(node, "member");
    const auto found = answers_.find(name);
    if (found == answers_.end()) return broken("no answer " + name);
    return Found(found->second);
  }
  Result<std::vector<lineage::Ref>> refs_of(const YAML::Node& list) const {
    std::vector<lineage::Ref> refs;
    for (const auto& node : list) {
      TRY(auto ref, ref_of(node));
      if (ref) refs.push_back(*std::move(ref));
    }
    return refs;
  }

  Done raise(store::Tx& tx, const YAML::Node& node) {
    const auto scope = as(text_of(node, "member"));
    lineage::NewFinding finding;
    finding.statement = text_of(node, "statement");
    finding.theme = text_of(node, "theme");
    finding.voice = from_code<lineage::Voice>(text_of(node, "voice")).value_or(lineage::Voice::team);
    TRY(finding.rests_on, refs_of(node["rests_on"]));
    TRY(const auto id, lineage::raise(tx, scope, finding));
    findings_[text_of(node, "id")] = id;
    const auto state = from_code<lineage::State>(text_of(node, "state")).value_or(lineage::State::open);
    return state == lineage::State::open ? Done() : lineage::decide(tx, scope, id, state);
  }

  void act(const YAML::Node& node) {
    const auto name = text_of(node, "id");
    at(days_of(node, "opened_days_ago"), [this, node](store::Tx& tx) { return open(tx, node); });
    for (const auto& note : node["check_ins"])
      at(days_of(note, "days_ago"), [this, note, name](store::Tx& tx) { return plan::check_in(tx, as(text_of(note, "member")), actions_.at(name), text_of(note, "note"), Date()); });
    if (node["closed_days_ago"]) at(days_of(node, "closed_days_ago"), [this, node](store::Tx& tx) { return close(tx, node); });
  }

  Done open(store::Tx& tx, const YAML::Node& node) {
    plan::Action action;
    action.workbook = workbook_;
    action.step = text_of(node, "step");
    if (node["owner_member"] && people_.contains(text_of(node, "owner_member"))) action.owner_member = people_.at(text_of(node, "owner_member")).id;
    if (node["owner_contact"]) {
      TRY(action.owner_contact, id_of(contacts_, text_of(node, "owner_contact")));
    }
    if (node["due_in_days"]) action.due = in_days(days_of(node, "due_in_days"));
    action.status = text_of(node, "status") == "proposed" ? plan::Status::proposed : plan::Status::started;
    action.resources = text_of(node, "resources");
    action.obstacles = text_of(node, "obstacles");
    action.informed = text_of(node, "informed");
    action.measure = text_of(node, "measure");
    TRY(const auto came_from, refs_of(node["came_from"]));
    TRY(actions_[text_of(node, "id")], plan::open_action(tx, as(text_of(node, "owner_member")), action, came_from));
    return {};
  }

  Done close(store::Tx& tx, const YAML::Node& node) {
    const auto scope = as(text_of(node, "owner_member"));
    TRY(auto action, plan::action(tx, scope, actions_.at(text_of(node, "id"))));
    action.status = from_code<plan::Status>(text_of(node, "status")).value_or(plan::Status::done);
    action.outcome = text_of(node, "outcome");
    return plan::revise(tx, scope, action);
  }

  Done keep_board(store::Tx& tx, const YAML::Node& node) {
    guide::BoardPage page;
    page.words = text_of(node, "words");
    for (const auto& one : node["asks"]) page.asks.push_back({text_of(one, "decision"), text_of(one, "cost"), in_days(days_of(one, "in_days")), text_of(one, "answer")});
    for (const auto& one : node["left_out"]) {
      const bool finding = static_cast<bool>(one["finding"]);
      TRY(const auto id, id_of(finding ? findings_ : actions_, text_of(one, finding ? "finding" : "action")));
      page.left_out.insert((finding ? "finding/" : "action/") + id.text());
    }
    page.shown = true;
    return guide::save_board_page(tx, as("rosa"), workbook_, page);
  }

  const YAML::Node& file_;
  FixedClock& clock_;
  const Installation& opened_;
  std::int64_t now_ms_;
  std::int64_t day_ = -1;  // days ago
  std::int64_t steps_of_day_ = 0;
  identity::Library library_;
  Id workbook_;
  std::shared_ptr<const guide::Guide> definition_;
  std::map<std::string, Person> people_;
  std::map<std::string, Id> organizations_, contacts_, findings_, actions_;
  std::map<std::string, lineage::Ref> answers_;
  std::map<std::string, std::string> rows_;
  Id list_;
  std::vector<Step> steps_;
};

}  // namespace

Done found_example(const Program& program) {
  const auto path = share_folder() / "content" / "example" / "harbor-grove.yaml";
  FixedClock clock(program.clock().now_ms());
  Installation opened;
  const auto& settings = program.settings();
  TRY(opened.db, store::Database::open({.url = settings.database_url(), .owner_url = settings.database_owner, .readers = 1}, clock));
  TRY(opened.keyring, store::Keyring::open(settings.keyring().string(), clock));
  try {
    const auto file = YAML::LoadFile(path.string());
    return Story(file, program, clock, opened).tell();
  } catch (const YAML::Exception& error) {  // a missing or wrong key
    return broken(error.what());
  }
}

}  // namespace kedge::app
