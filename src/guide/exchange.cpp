#include "guide/exchange.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "guide/fields.hpp"
#include "guide/records.hpp"
#include "guide/workbook_store.hpp"

namespace kedge::guide {
namespace {

using nlohmann::json;

json answer_json(const Place& place, const Values& values) { return {{"prompt", place.prompt}, {"row", place.row}, {"values", values}}; }

tl::unexpected<Error> broken(const std::string& where, std::string key) {
  Error error{Fault::invalid, "guide.import.broken", {}, {{where, std::move(key), {}}}, {{"where", where}}};
  return fail(std::move(error));
}

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

// Texts of a JSON object that have to be there.
Result<std::string> text_at(const json& object, const char* name, const std::string& where) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return broken(where + "/" + name, "guide.import.text");
  return found->get<std::string>();
}

struct Imported {
  Place place;
  Values values;
};

// One answer of the file. Rows that somebody added get a new id; rows of one list stay together.
Result<Imported> read_answer(const json& object, const std::string& where, const Guide& guide, std::map<std::string, std::string>& new_rows) {
  if (!object.is_object()) return broken(where, "guide.import.object");
  Imported answer;
  TRY(answer.place.prompt, text_at(object, "prompt", where));
  TRY(answer.place.row, text_at(object, "row", where));
  const auto* prompt = guide.prompt(answer.place.prompt);
  if (prompt == nullptr) return broken(where + "/prompt", "guide.prompt.unknown");
  if (has_rows(*prompt) && prompt->row(answer.place.row) == nullptr) {
    if (!Id::parse(answer.place.row)) return broken(where + "/row", "guide.import.row");
    auto& fresh = new_rows[answer.place.prompt + "/" + answer.place.row];
    if (fresh.empty()) fresh = fresh_row();
    answer.place.row = fresh;
  }
  const auto values = object.find("values");
  if (values == object.end() || !values->is_object()) return broken(where + "/values", "guide.import.object");
  for (const auto& [name, value] : values->items()) {
    if (!value.is_string()) return broken(where + "/values/" + name, "guide.import.text");
    answer.values[name] = value.get<std::string>();
  }
  return answer;
}

// An error of one answer, told at its place in the file.
Error at(Error error, const std::string& where) {
  for (auto& field : error.fields) field.field = where + "/values/" + field.field;
  if (error.fields.empty()) error.fields.push_back({where, error.key, error.arguments});
  return Error{Fault::invalid, "guide.import.broken", error.detail, error.fields, {{"where", error.fields.front().field}}};
}

template <class Save>
Done read_answers(const json& whole, const char* name, const Guide& guide, Save&& save) {
  const auto found = whole.find(name);
  if (found == whole.end()) return {};
  if (!found->is_array()) return broken(name, "guide.import.list");
  std::map<std::string, std::string> new_rows;
  for (std::size_t i = 0; i < found->size(); ++i) {
    const auto where = std::string(name) + "/" + std::to_string(i);
    TRY(const auto answer, read_answer((*found)[i], where, guide, new_rows));
    if (auto done = save(answer); !done) return fail(at(std::move(done).error(), where));
  }
  return {};
}

Result<Id> guide_for(store::Tx& tx, const store::Scope& scope, const Guide& guide, const std::string& yaml) {
  TRY(const auto kept, rows::guide_by_slug(tx, scope, guide.slug));
  if (kept && kept->yaml == yaml) return kept->id;
  const auto id = tx.fresh_id();
  const auto shipped = shipped_guides().find(guide.slug);
  const bool as_shipped = shipped != shipped_guides().end() && to_yaml(*shipped->second) == yaml;
  TRY_DONE(rows::add_guide(tx, scope, {id, guide.slug, yaml, as_shipped, 1}));
  return id;
}

}  // namespace

Result<std::string> export_workbook(store::Read& db, const store::Scope& scope, const Id& id, const crypto::Key* key) {
  TRY(const auto book, workbook(db, scope, id));
  TRY(auto written, answers(db, scope, id));
  in_order(written, book.definition());
  TRY(const auto known, records(db, scope));
  json team = json::array();
  for (const auto& answer : written) {
    const auto* prompt = book.definition().prompt(answer.place.prompt);
    if (answer.voice == Voice::team && !answer.blank() && prompt != nullptr)
      team.push_back(answer_json(answer.place, with_names(known, *prompt, answer.values)));
  }
  json whole{{"kedge", "workbook"}, {"version", kExchangeVersion}, {"title", book.title}, {"guide", to_yaml(book.definition())}, {"answers", team}};
  if (key != nullptr) {
    TRY(auto own, private_answers(db, scope, *key, id));
    in_order(own, book.definition());
    json mine = json::array();
    for (const auto& answer : own)
      if (!answer.values.empty()) mine.push_back(answer_json(answer.place, answer.values));
    whole["mine"] = mine;
  }
  return whole.dump(2) + "\n";
}

Result<Id> import_workbook(store::Tx& tx, const store::Scope& scope, std::string_view text, const crypto::Key* key) {
  if (text.size() > kLargestExchange) return fail(Fault::too_large, "guide.import.too_large");
  const auto whole = json::parse(text, nullptr, false);
  if (!whole.is_object() || whole.value("kedge", json()) != "workbook") return fail(Fault::invalid, "guide.import.not_ours");
  if (whole.value("version", json()) != kExchangeVersion) return fail(Fault::newer_version, "guide.import.version");
  TRY(const auto title, text_at(whole, "title", ""));
  TRY(const auto yaml, text_at(whole, "guide", ""));
  TRY(const auto guide, parse_guide(yaml, "guide.yaml"));
  TRY(const auto guide_id, guide_for(tx, scope, guide, to_yaml(guide)));
  TRY(const auto book, open_workbook(tx, scope, guide_id, title));
  TRY_DONE(read_answers(whole, "answers", guide, [&](const Imported& answer) -> Done {
    const Place place{book, answer.place.prompt, answer.place.row};
    TRY_DONE(save_team(tx, scope, place, answer.values, 0));
    return {};
  }));
  if (key == nullptr) return book;
  TRY_DONE(read_answers(whole, "mine", guide, [&](const Imported& answer) -> Done {
    const Place place{book, answer.place.prompt, answer.place.row};
    TRY_DONE(save_private(tx, scope, *key, {place, answer.values, 0}));
    return {};
  }));
  return book;
}

}  // namespace kedge::guide
