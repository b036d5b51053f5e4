// A workbook file from anywhere: refused with its place, or taken in so that its own file comes back the same.
// Where the input says "@guide", a small guide with every kind of prompt stands, and where it says "@shipped" the whole one,
// so that not only YAML is tried.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "directory/directory.hpp"
#include "guide/exchange.hpp"
#include "identity/example.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "store/testing.hpp"

namespace kedge::guide {
namespace {

constexpr std::string_view kGuide = R"(guide: small
version: 1
languages: [en]
title: {en: Small}
introduction: {en: A small guide}
sections:
  - id: one
    title: {en: One}
    prompts:
      - {id: words, kind: reflection, label: {en: Words}, limit: 40}
      - {id: plan, kind: reflection, label: {en: Plan}, voices: [personal], share: never}
      - {id: aims, kind: goals, label: {en: Goals}}
      - {id: sure, kind: scale, label: {en: Sure}, steps: 5, low: {en: No}, high: {en: Yes}}
      - {id: which, kind: choice, label: {en: Which}, options: [{id: a, label: {en: A}}, {id: b, label: {en: B}}]}
      - {id: notes, kind: notes, label: {en: Notes}, fields: [{id: x, label: {en: X}}, {id: y, label: {en: Y}}]}
      - {id: care, kind: checklist, label: {en: Care}, items: [{id: rest, label: {en: Rest}}]}
      - id: people
        kind: list
        voices: [team]
        label: {en: People}
        columns:
          - {id: organization, kind: organization, label: {en: Where}}
          - {id: person, kind: contact, label: {en: Who}}
          - {id: phone, kind: phone, label: {en: Phone}}
          - {id: email, kind: email, label: {en: E-mail}}
          - {id: by, kind: date, label: {en: By}}
          - {id: member, kind: member, label: {en: Of us}}
      - id: needs
        kind: matrix
        label: {en: Needs}
        own_rows: true
        rows: [{id: food, label: {en: Food}}, {id: rest, label: {en: Rest}}]
        columns: [{id: now, kind: long_text, label: {en: Now}}, {id: how, kind: choice, label: {en: How}, options: [{id: a, label: {en: A}}, {id: b, label: {en: B}}]}]
)";

struct House {
  store::TestDatabase database{store::Engine::sqlite, store::joined({store::kMigrations, identity::kMigrations, lineage::kMigrations, directory::kMigrations,
                                                                     plan::kMigrations, kMigrations})};
  std::unique_ptr<store::Keyring> keyring = store::Keyring::open(database.folder() / "keys.db").value();
  store::Scope scope;
  crypto::Key key = crypto::Key::random();
  std::string small = nlohmann::json(to_yaml(parse_guide(kGuide, "small.yaml").value())).dump();
  std::string shipped = nlohmann::json(to_yaml(*shipped_guides().at("social-work-approaches"))).dump();

  House() {
    identity::Library library;
    library.name = "Harbor Grove";
    const auto made = database->write(store::InstallationScope{}, [&](store::Tx& tx) { return identity::found_example(tx, library, {}); }).value();
    const store::Scope lead{made, Id(), {Role::administrator, Role::lead}};
    const auto rosa = database->write(lead, [&](store::Tx& tx) { return identity::add_example_member(tx, *keyring, lead, {.name = "Rosa", .roles = lead.roles}); }).value();
    scope = {made, rosa.id, lead.roles};
    key = rosa.key;
  }
};

House& house() {
  setenv("KEDGE_SHARE", KEDGE_SOURCE, 0);
  static auto* const one = new House;  // the folder stays until the process ends, as libFuzzer leaves without destructors
  return *one;
}

std::string with_guide(std::string text, std::string_view mark, const std::string& quoted_guide) {
  if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), quoted_guide);
  return text;
}

// What docs/workbook-format.md does not promise: rows and practices that somebody added get new ids (here the number of their
// first appearance), and comments have no order.
std::string told(const std::string& text) {
  auto whole = nlohmann::json::parse(text);
  std::map<std::string, std::size_t> seen;
  const auto number = [&](nlohmann::json& id) {
    if (const auto named = id.get<std::string>(); Id::parse(named)) id = seen.emplace(named, seen.size()).first->second;
  };
  for (const auto* list : {"answers", "mine"})
    if (whole.contains(list))
      for (auto& answer : whole[list]) number(answer["row"]);
  for (auto& list : whole["lists"]) {
    for (auto& item : list["items"]) number(item["item"]);
    std::sort(list["comments"].begin(), list["comments"].end());
  }
  return whole.dump();
}

void must(bool holds) {
  if (!holds) std::abort();
}

// What the page of imports can say: anything else would be an error page.
bool can_be_said(const Error& error) {
  if (error.key.empty()) return false;
  for (const auto& field : error.fields)
    if (field.key.empty()) return false;
  return error.fault == Fault::invalid || error.fault == Fault::newer_version || error.fault == Fault::too_large;
}

void import_and_back(House& home, const std::string& json) {
  const auto undone = home.database->write(home.scope, [&](store::Tx& tx) -> Done {
    const auto book = import_workbook(tx, home.scope, json, &home.key);
    if (!book) {
      must(can_be_said(book.error()));
    } else {
      const auto file = export_workbook(tx, home.scope, book->workbook, &home.key).value();
      const auto again = import_workbook(tx, home.scope, file, &home.key);
      must(again.has_value());
      must(told(export_workbook(tx, home.scope, again->workbook, &home.key).value()) == told(file));
    }
    return fail(Fault::internal, "fuzz.undo");  // nothing stays for the next input
  });
  must(!undone && undone.error().key == "fuzz.undo");
}

}  // namespace
}  // namespace kedge::guide

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kedge::guide;
  auto& home = house();
  const std::string text(reinterpret_cast<const char*>(data), size);
  import_and_back(home, with_guide(with_guide(text, "\"@guide\"", home.small), "\"@shipped\"", home.shipped));
  return 0;
}
