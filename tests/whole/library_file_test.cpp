// A library as one file and back: nothing that may leave is missing, nothing that may not is in it, and what does not fit is refused.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/example.hpp"
#include "app/installation.hpp"
#include "app/library_file.hpp"
#include "app/wiring.hpp"
#include "archive/zip.hpp"
#include "house.hpp"
#include "identity/logo.hpp"
#include "identity/members.hpp"
#include "store/testing.hpp"
#include "web/serve.hpp"
#include "whole_house.hpp"

namespace kedge::app {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Files = std::map<std::string, std::string>;

Files files_of(const std::string& zip) {
  Files files;
  const auto all = archive::read_zip(zip).value();
  for (const auto& file : all) files.emplace(file.name, file.bytes);
  return files;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Every id of a text, in no order.
void find_ids(const std::string& text, std::set<std::string>& ids) {
  for (std::size_t at = 0; at + 36 <= text.size(); ++at)
    if (Id::parse(text.substr(at, 36))) ids.insert(text.substr(at, 36));
}

std::string with_names(std::string text, const std::map<std::string, std::string>& names) {
  for (std::size_t at = 0; at + 36 <= text.size(); ++at)
    if (const auto found = names.find(text.substr(at, 36)); found != names.end()) text.replace(at, 36, found->second);
  return text;
}

// What a file says apart from its ids: those that tell a time by their order, the others by the lines that they stand in.
std::map<std::string, std::vector<std::string>> said_by(const Files& files) {
  std::map<std::string, std::vector<std::string>> tables;
  std::set<std::string> ids;
  for (const auto& [name, text] : files) {
    if (!name.starts_with("data/") || name == "data/ledger.jsonl") continue;
    tables[name] = lines_of(text);
    find_ids(text, ids);
  }
  std::map<std::string, std::string> names, unknown;
  std::size_t number = 0;
  for (const auto& id : ids) {
    if (id[14] == '7') names[id] = "#" + std::to_string(++number);
    else unknown[id] = "?";
  }
  std::map<std::string, std::string> stands_in;
  for (auto& [name, lines] : tables)
    for (auto& line : lines) {
      line = with_names(line, names);
      std::set<std::string> here;
      find_ids(line, here);
      for (const auto& id : here) stands_in[id] += name + with_names(line, unknown) + (line.find(id) < 90 ? "first" : "later");
    }
  std::vector<std::pair<std::string, std::string>> sorted;
  for (const auto& [id, where] : stands_in) sorted.emplace_back(where, id);
  std::ranges::sort(sorted);
  std::map<std::string, std::string> more;
  for (std::size_t i = 0; i < sorted.size(); ++i) more[sorted[i].second] = "*" + std::to_string(i);
  for (auto& [name, lines] : tables) {
    for (auto& line : lines) {
      line = with_names(line, more);
      // what an import says of itself: nobody's example, and no list whose marks stayed behind
      for (const auto& [from, to] : {std::pair(std::string("\"example\":true"), std::string("\"example\":false")), std::pair(std::string("\"state\":\"open\""), std::string("\"state\":\"without_result\""))})
        if (const auto at = line.find(from); at != std::string::npos) line.replace(at, from.size(), to);
    }
    std::ranges::sort(lines);
  }
  return tables;
}

// An installation of either engine.
struct Place {
  explicit Place(store::Engine engine) : database(engine, migrations(), &clock), keyring(*store::Keyring::open((database.folder() / "keys.db").string(), clock)) {}
  store::Database& db() { return database.db(); }
  Result<LibraryFile> exported(const Id& id) {
    web::House house{.db = db(), .keyring = *keyring, .clock = clock, .public_url = {}, .assets = {}};
    house.settings.version = "0.1.0";
    wire(house);
    TRY(const auto library, find_library(db(), id.text()));
    return export_library(house, library, console_scope(id));
  }
  std::vector<identity::Library> libraries() {
    return db().read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); }).value();
  }

  FixedClock clock{SystemClock().now_ms()};
  store::TestDatabase database;
  std::unique_ptr<store::Keyring> keyring;
};

class LibraryFile : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
    here_ = std::make_unique<Place>(GetParam());
    Program program(locale::words(Language::en));
    program.settings().data = here_->database.folder().string();
    program.settings().database = here_->database.settings().url;
    const auto founded = found_example(program);
    ASSERT_TRUE(founded.has_value()) << founded.error().key << founded.error().detail;
    library_ = here_->libraries().front().id;
    const auto scope = console_scope(library_);
    const auto decorated = here_->db().write(scope, [&](store::Tx& tx) -> Done {
      TRY_DONE(identity::set_logo(tx, scope, web::kPicture, "=A heron"));
      TRY_DONE(identity::set_logo(tx, scope, web::kPicture, "A heron"));  // the former stays for 30 days
      return {};
    });
    ASSERT_TRUE(decorated.has_value());
    // what the example has none of
    run("INSERT INTO finding_revision (library_id, finding_id, version, theme, statement, until_ms) SELECT library_id, id, 1, 'rest', 'As it was', 5 FROM finding");
    run("INSERT INTO told_apart (library_id, first_id, second_id) SELECT a.library_id, MIN(a.id), MAX(a.id) FROM organization a GROUP BY a.library_id");
    run("INSERT INTO digest (library_id, member_id, wanted, sent_on) SELECT library_id, MIN(id), FALSE, '2026-01-05' FROM member GROUP BY library_id");
    run("INSERT INTO theme_word (library_id, code, language, label) SELECT id, 'rest', 'es', 'Una silla' FROM library");
    run("INSERT INTO theme_hidden (library_id, code) SELECT id, 'veterans' FROM library");
    run("INSERT INTO checklist_proposal (library_id, id, workbook_id, prompt, label) SELECT library_id, '" + Id::random().text() + "', id, 'care.marks', 'A quiet hour' FROM workbook");
    run("INSERT INTO sheet (library_id, id, workbook_id, code, name, typed, position) SELECT library_id, '" + Id::fresh(5).text() + "', id, 'ABCD', 'Jo', FALSE, 1 FROM workbook");
    const auto made = here_->exported(library_);
    ASSERT_TRUE(made.has_value()) << made.error().key << made.error().detail;
    zip_ = made->zip;
  }

  void run(const std::string& sql) {
    const store::Query<void()> query("test.run", sql);
    const auto done = here_->db().write(console_scope(library_), [&](store::Tx& tx) { return tx.run(query) ? tx.touch("library") : Done(fail(Fault::internal, "test", sql)); });
    ASSERT_TRUE(done.has_value()) << sql << ": " << done.error().detail;
  }
  // The file with one of its files changed and every sum made to fit again.
  std::string changed(const std::function<void(Files&)>& change, const std::function<void(json&)>& in_manifest = [](json&) {}) {
    auto files = files_of(zip_);
    change(files);
    auto manifest = json::parse(files.at("manifest.json"));
    for (auto& one : manifest["files"])
      if (const auto found = files.find(one["file"]); found != files.end()) one["sha256"] = archive::sha256_hex(found->second);
    in_manifest(manifest);
    files["manifest.json"] = manifest.dump();
    std::vector<archive::File> all;
    for (auto& [name, bytes] : files) all.push_back({name, bytes});
    return archive::write_zip(all, here_->clock.now_ms()).value();
  }
  // How an import of it is refused: "key file line column". Nothing of it is kept.
  std::string refusal(const std::string& zip) {
    const auto before = here_->libraries().size();
    const auto done = import_library(here_->db(), zip, "Another", Import::kept);
    EXPECT_EQ(here_->libraries().size(), before + (done ? 1 : 0));
    if (done) return "taken in";
    std::string said = done.error().key;
    for (const auto& [name, value] : done.error().arguments) said += " " + value;
    return said;
  }
  static void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }

  std::unique_ptr<Place> here_;
  Id library_;
  std::string zip_;
};
KEDGE_ON_BOTH_ENGINES(LibraryFile);

TEST(LibraryTables, OfALibraryAreSaidToLeaveOrToStayByTheSliceThatMakesThem) {
  std::map<std::string, std::string> said;
  for (const auto& slice : slices())
    for (const auto& one : slice.tables) EXPECT_TRUE(said.emplace(one.table, slice.name).second) << one.table << " stands twice";
  store::Schema known;
  for (const auto& slice : slices()) {
    for (const auto& migration : slice.migrations) static_cast<void>(store::read_migration(known, migration.text));
    for (const auto& table : known.tables)
      if (table.scoped && !said.contains(table.name)) ADD_FAILURE() << table.name << " is in no slice's list of what leaves with a library";
    for (const auto& one : slice.tables) EXPECT_NE(known.find(one.table), nullptr) << slice.name << " names " << one.table << ", which is not there";
  }
  for (const auto language : {Language::en, Language::es})
    for (const auto& [table, slice] : said) EXPECT_TRUE(locale::Words::knows(locale::Message("library_table." + table))) << table << " in " << code(language);
}

TEST(LibraryTables, LetNothingLeaveThatIsSealedOrThatNoBackupHolds) {
  for (const auto& one : leaving()) {
    EXPECT_TRUE(one.table->backed_up) << one.table->name;
    for (const auto& column : one.columns) {
      EXPECT_NE(column.privacy, "sealed") << one.table->name << "." << column.name;
      if (column.type == "bytes") { EXPECT_EQ(one.table->name, "logo") << column.name; }
    }
  }
  for (const auto* name : {"private_answer", "private_revision", "private_beside", "checklist_box", "checklist_ticket", "member_wrap", "session", "calendar_feed", "job"})
    EXPECT_THAT(staying(), ::testing::Contains(name));
}

TEST_P(LibraryFile, ComesBackWholeUnderNewIdsOnEitherEngine) {
  const auto first = files_of(zip_);
  for (const auto engine : {store::Engine::sqlite, store::Engine::postgresql}) {
    if (!store::TestDatabase::available(engine)) continue;
    Place there(engine);
    const auto came = import_library(there.db(), zip_, "", Import::kept);
    ASSERT_TRUE(came.has_value()) << came.error().key << " " << came.error().detail;
    const auto again = there.exported(came->library);
    ASSERT_TRUE(again.has_value()) << again.error().key;
    const auto second = files_of(again->zip);
    const auto before = said_by(first);
    const auto after = said_by(second);
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [name, lines] : before) EXPECT_EQ(lines, after.at(name)) << name;
    std::set<std::string> old_ids, new_ids, both;
    for (const auto& [name, text] : first)
      if (name.starts_with("data/")) find_ids(text, old_ids);
    for (const auto& [name, text] : second)
      if (name.starts_with("data/")) find_ids(text, new_ids);
    std::ranges::set_intersection(old_ids, new_ids, std::inserter(both, both.end()));
    EXPECT_THAT(both, IsEmpty());
    EXPECT_GT(new_ids.size(), 100U);
    // the workbooks read the same there
    for (const auto& [name, text] : first)
      if (name.starts_with("workbooks/") && name.ends_with(".json")) { EXPECT_EQ(json::parse(text)["answers"].size(), json::parse(second.at(name))["answers"].size()) << name; }
    EXPECT_TRUE(there.db().read(console_scope(came->library), [&](store::Read& db) { return store::verify_ledger(db, came->library); }).has_value());
    EXPECT_THAT(lines_of(second.at("data/ledger.jsonl")), ::testing::Contains(HasSubstr("\"fields\":\"import\"")));
    EXPECT_GT(lines_of(first.at("data/ledger.jsonl")).size(), lines_of(second.at("data/ledger.jsonl")).size());
  }
}

TEST_P(LibraryFile, SaysWhatIsInItAndHoldsPicturesAndWorkbooksToRead) {
  const auto files = files_of(zip_);
  const auto manifest = json::parse(files.at("manifest.json"));
  EXPECT_EQ(manifest["files"].size() + 1, files.size());
  for (const auto& one : leaving()) {
    ASSERT_TRUE(files.contains("data/" + one.table->name + ".jsonl"));
    EXPECT_THAT(files.at("README.txt"), HasSubstr("\n" + one.table->name + " ("));
    // a head line, and each row in the file of each kind
    const auto rows = lines_of(files.at("data/" + one.table->name + ".jsonl")).size();
    const auto counted = std::ranges::find_if(manifest["tables"], [&](const json& table) { return table["table"] == one.table->name; });
    EXPECT_EQ((*counted)["rows"], rows) << one.table->name;
    EXPECT_GT(rows, 0U) << one.table->name << " can't be seen to come along";
  }
  for (const auto& name : staying()) {
    EXPECT_FALSE(files.contains("data/" + name + ".jsonl")) << name;
    EXPECT_THAT(files.at("README.txt"), HasSubstr("\n" + name + "\n"));
  }
  EXPECT_THAT(files.at("README.txt"), HasSubstr("Private answers are not in it"));
  EXPECT_EQ(files.at("files/logo-1.png"), web::kPicture);
  EXPECT_EQ(files.at("files/logo-2.png"), web::kPicture);
  EXPECT_THAT(files.at("tables/logo.csv"), HasSubstr("'=A heron")) << "a formula is defused";
  EXPECT_THAT(files.at("data/logo.jsonl"), HasSubstr("\"=A heron\""));
  EXPECT_THAT(files.at("tables/member.csv"), HasSubstr("administrator"));
  bool page = false;
  for (const auto& [name, text] : files)
    if (name.starts_with("workbooks/") && name.ends_with(".html")) page = text.find("<h1") != std::string::npos;
  EXPECT_TRUE(page);
}

TEST_P(LibraryFile, HoldsNoSealedByteAndNoWayIn) {
  const store::Query<store::Bytes()> kSealed("test.sealed", "SELECT sealed FROM private_answer");
  const store::Query<Id()> kPrivate("test.private", "SELECT id FROM private_answer");
  std::string all;
  for (const auto& [name, text] : files_of(zip_)) all += text;
  const auto sealed = here_->db().read(store::InstallationScope{}, [&](store::Read& db) { return db.all(kSealed); }).value();
  ASSERT_FALSE(sealed.empty());
  for (const auto& one : sealed) {
    EXPECT_THAT(all, Not(HasSubstr(one.raw)));
    EXPECT_THAT(all, Not(HasSubstr(crypto::to_base64url(one.raw))));
  }
  for (const auto* column : {"password_salt", "password_verifier", "token_hash", "cookie_hash", "public_key", "wrapped"})
    for (const auto& [name, text] : files_of(zip_))
      if (name.starts_with("data/") || name.starts_with("tables/")) { EXPECT_THAT(text, Not(HasSubstr(column))) << name; }
}

TEST_P(LibraryFile, IsRehearsedWithoutATrace) {
  const auto before = here_->exported(library_).value();
  const auto said = import_library(here_->db(), zip_, "Another", Import::rehearsed);
  ASSERT_TRUE(said.has_value()) << said.error().key << said.error().detail;
  EXPECT_EQ(here_->libraries().size(), 1U);
  EXPECT_THAT(said->doors, IsEmpty());
  const auto kept = import_library(here_->db(), zip_, "Another", Import::kept).value();
  ASSERT_EQ(said->tables.size(), kept.tables.size());
  for (std::size_t i = 0; i < kept.tables.size(); ++i) EXPECT_EQ(said->tables[i].rows, kept.tables[i].rows) << kept.tables[i].table;
}

TEST_P(LibraryFile, StandsBesideTheLibraryItCameFromAndTouchesNothingOfIt) {
  EXPECT_EQ(import_library(here_->db(), zip_, "", Import::kept).error().key, "app.library.there");
  const auto before = said_by(files_of(here_->exported(library_).value().zip));
  const auto came = import_library(here_->db(), zip_, "  Another  ", Import::kept);
  ASSERT_TRUE(came.has_value()) << came.error().key << came.error().detail;
  EXPECT_EQ(came->name, "Another");
  EXPECT_EQ(said_by(files_of(here_->exported(library_).value().zip)), before);
  EXPECT_EQ(here_->libraries().size(), 2U);
  EXPECT_EQ(import_library(here_->db(), zip_, std::string(121, 'a'), Import::kept).error().key, "library_file.name");
}

TEST_P(LibraryFile, LetsItsAdministratorsInByALinkAndNobodyElse) {
  Place there(GetParam());
  const auto came = import_library(there.db(), zip_, "", Import::kept).value();
  ASSERT_FALSE(came.doors.empty());
  identity::Reset reset;
  reset.token = came.doors.front().token;
  reset.email = "rosa@grove.example";
  reset.password = "a long kettle sings";
  const auto in = identity::reset_password(there.db(), *there.keyring, reset);
  ASSERT_TRUE(in.has_value()) << in.error().key;
  EXPECT_EQ(in->session.library, came.library);
  EXPECT_FALSE(in->recovery_code.empty()) << "a key of their own, made there";
  EXPECT_FALSE(there.libraries().front().example);
}

TEST_P(LibraryFile, ThatWasCutAlteredOrMadeUpIsRefusedAtItsFileAndLine) {
  EXPECT_EQ(refusal("no zip"), "archive.broken");
  EXPECT_EQ(refusal(zip_.substr(0, zip_.size() / 2)), "archive.broken");
  EXPECT_EQ(refusal(archive::write_zip(std::vector<archive::File>{{"a.txt", "A"}}, 0).value()), "library_file.not_ours");
  const auto nothing = [](Files&) {};
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["version"] = kLibraryFormat + 1; })), "library_file.newer");
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["migrations"].push_back({{"module", "guide"}, {"number", 999}, {"hash", "00"}}); })), "library_file.newer");
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["kedge"] = "workbook"; })), "library_file.not_ours");
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["tables"] = 1; })), "library_file.manifest manifest.json");
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["tables"].push_back({{"table", "session"}, {"file", "data/library.jsonl"}, {"rows", 1}}); })), "library_file.manifest manifest.json");
  EXPECT_EQ(refusal(changed(nothing, [](json& m) { m["files"][3]["sha256"] = std::string(64, '0'); m["files"][3]["file"] = "data/finding.jsonl"; })), "library_file.altered data/finding.jsonl");
  EXPECT_EQ(refusal(changed([](Files& f) { f.erase("data/finding.jsonl"); })), "library_file.missing data/finding.jsonl");
  EXPECT_EQ(refusal(changed([](Files& f) { f["more.txt"] = "x"; })), "library_file.unknown more.txt");
  const std::string file = "data/finding.jsonl";
  EXPECT_EQ(refusal(changed([&](Files& f) { f[file].pop_back(); })).substr(0, 35), "library_file.cut data/finding.jsonl");
  EXPECT_EQ(refusal(changed([&](Files& f) { f[file] += f[file].substr(0, f[file].find('\n') + 1); })), "library_file.count " + file);
  EXPECT_EQ(refusal(changed([&](Files& f) { f[file].insert(f[file].find('\n') + 1, "{"); })), "library_file.line " + file + " 2");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f[file], "\"statement\":", "\"sentence\":"); })), "library_file.columns " + file + " 1");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f[file], "\"opened_ms\":", "\"opened_ms\":\"x\",\"x\":"); })), "library_file.columns " + file + " 1");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f[file], "\"statement\":\"", "\"statement\":\"\\u0000"); })), "library_file.value " + file + " 1 statement");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f[file], "\"id\":\"", "\"id\":\"x"); })), "library_file.value " + file + " 1 id");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f[file], library_.text(), Id::random().text()); })), "library_file.foreign " + file + " 1");
  EXPECT_EQ(refusal(changed([&](Files& f) { replace(f["data/answer.jsonl"], "\"workbook_id\":\"", "\"workbook_id\":\"" + Id::random().text() + "\",\"x\":\""); })).substr(0, 20), "library_file.columns");
}

TEST_P(LibraryFile, WhoseRowsContradictEachOtherIsRefusedWhole) {
  const auto other = [](Files& f, const std::string& file, const std::string& column, const std::string& value) {
    auto lines = lines_of(f.at(file));
    auto row = nlohmann::ordered_json::parse(lines.front());
    row[column] = value;
    lines.front() = row.dump();
    f[file].clear();
    for (const auto& line : lines) f[file] += line + "\n";
  };
  EXPECT_EQ(refusal(changed([&](Files& f) { other(f, "data/answer.jsonl", "workbook_id", Id::random().text()); })), "library_file.reference data/answer.jsonl 1 workbook_id");
  EXPECT_EQ(refusal(changed([&](Files& f) { other(f, "data/finding.jsonl", "state", "burning"); })), "library_file.unreadable");
  EXPECT_EQ(refusal(changed([&](Files& f) {
              const auto lines = lines_of(f.at("data/check_in.jsonl"));
              ASSERT_GT(lines.size(), 1U);
              other(f, "data/check_in.jsonl", "id", json::parse(lines[1])["id"]);
            })),
            "library_file.refused data/check_in.jsonl");
  EXPECT_EQ(refusal(changed([](Files& f) { f["data/library.jsonl"].clear(); }, [](json& m) {
              for (auto& table : m["tables"])
                if (table["table"] == "library") table["rows"] = 0;
            })),
            "library_file.libraries data/library.jsonl");
}

class LibraryPages : public WholeHouse {};
KEDGE_ON_BOTH_ENGINES(LibraryPages);

TEST_P(LibraryPages, GiveTheWholeLibraryToAdministratorsAndNoteThatTheyDid) {
  const auto page = rosa_->get("/settings/export");
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Private answers are not in it"));
  EXPECT_THAT(rosa_->get("/settings").body, HasSubstr("href=\"/settings/export\""));
  const auto made = rosa_->post("/settings/export");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.content_type, "application/zip");
  EXPECT_FALSE(made.cacheable);
  EXPECT_THAT(web::header_of(made, "Content-Disposition"), HasSubstr("attachment; filename="));
  EXPECT_THAT(files_of(made.body).at("data/member.jsonl"), HasSubstr("Rosa"));
  const auto again = files_of(rosa_->post("/settings/export").body).at("data/ledger.jsonl");
  EXPECT_THAT(again, HasSubstr("\"member_id\":\"" + rosa_->member.text() + "\",\"kind\":\"library\",\"record_id\":\"" + house_->library().text() + "\",\"fields\":\"export\""));
  auto ana = house_->enter("Ana", {Role::staff});
  EXPECT_EQ(ana.get("/settings/export").status, 403);
  auto leads = house_->enter("Lena", {Role::lead});
  EXPECT_EQ(leads.get("/settings/export").status, 403);
  EXPECT_THAT(leads.get("/settings").body, Not(HasSubstr("/settings/export")));
  rosa_->set_cookie("kedge_language", "es");
  EXPECT_THAT(rosa_->get("/settings/export").body, HasSubstr("Las respuestas privadas no est"));
}

TEST_P(LibraryPages, SayWhatGoesNextInNumbersAndDays) {
  EXPECT_THAT(rosa_->get("/settings/retention").body, HasSubstr("Nothing goes in the next 30 days."));
  const auto made = rosa_->post("/actions", {{"step", "Ask the fire marshal"}});
  ASSERT_EQ(made.status, 303) << made.body;
  ASSERT_EQ(rosa_->post(web::header_of(made, "Location") + "/removal").status, 303);
  house_->clock.advance(24LL * 86'400'000 + 3'600'000);
  rosa_ = std::make_unique<web::Browser>(house_->enter("Rosita", {Role::lead}));
  const auto page = rosa_->get("/settings/retention").body;
  EXPECT_THAT(page, HasSubstr("data-label=\"Kind of record\">Actions</th>"));
  EXPECT_THAT(page, HasSubstr("\">0</td>"));
  EXPECT_THAT(page, HasSubstr("\">1</td>"));
  EXPECT_THAT(page, Not(HasSubstr("fire marshal")));
  EXPECT_THAT(page, HasSubstr("once removed: 30 days"));
}

}  // namespace
}  // namespace kedge::app
