#include "identity/example.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "identity/departures.hpp"
#include "identity/rules.hpp"
#include "store/erasures.hpp"

namespace kedge::identity {
namespace {

constexpr std::array<std::string_view, 9> kTableNames{"logo", "sign_in_link", "join_code", "invitation", "session", "member_wrap", "member", "branch", "library"};

constexpr std::string_view kErasedLibrary = "library";

Done require_example(store::Read& db, const store::Scope& scope) {
  TRY(const auto found, library(db, scope));
  if (!found.example) return fail(Fault::forbidden, "identity.example.no");
  return {};
}

// A table's name stands in the text of a query: only what a migration could have made.
bool is_table_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Done empty_table(store::Tx& tx, const Id& library, std::string_view table) {
  if (!is_table_name(table)) return fail(Fault::internal, "store.not_found", "not a table: " + std::string(table));
  const auto sql = "DELETE FROM " + std::string(table) + " WHERE library_id = :library";
  const store::Query<void(Id)> query("identity.empty_table", sql);
  TRY_DONE(tx.run(query, library));
  return {};
}

}  // namespace

const std::span<const std::string_view> kTables = kTableNames;

Result<Id> found_example(store::Tx& tx, const Library& typed, const std::vector<std::string>& branches) {
  TRY(const auto there, tables::example_library(tx));
  if (there) return fail(Fault::conflict, "identity.example.there");
  auto library = typed;
  if (library.id.empty()) library.id = tx.fresh_id();
  library.example = true;
  TRY_DONE(tables::add_library(tx, library));
  TRY_DONE(tables::add_branches(tx, library.id, branches));
  return library.id;
}

Result<ExampleMember> add_example_member(store::Tx& tx, store::Keyring& keyring, const store::Scope& scope, const NewMember& member, Door door) {
  TRY_DONE(require_example(tx, scope));
  TRY(const auto id, add_member(tx, {scope.library, Id(), {}}, member));
  TRY(const auto part, vault::make_part(keyring, scope.library, id));
  const auto key = crypto::Key::random();
  TRY_DONE(tables::set_public_key(tx, scope.library, id, crypto::public_key(key)));
  if (door == Door::open)
    TRY_DONE(tables::put_wrap(tx, scope.library, id, {Wrap::example, {}, store::Bytes{vault::wrap_for_example({scope.library, id, part}, key)}}));
  return ExampleMember{id, key};
}

Result<std::optional<Example>> example(store::Database& db) {
  TRY(const auto id, db.read(store::InstallationScope{}, [](store::Read& read) { return tables::example_library(read); }));
  if (!id) return std::optional<Example>();
  const store::Scope scope{*id, {}, {}};
  return db.read(scope, [&](store::Read& read) -> Result<std::optional<Example>> {
    Example found;
    TRY(found.library, library(read, scope));
    TRY(const auto doors, tables::members_with_wrap(read, scope.library, Wrap::example));
    TRY(const auto all, everybody(read, scope));
    for (const auto& one : *all)
      if (one.standing == Standing::active && std::ranges::find(doors, one.id) != doors.end()) found.members.push_back(one);
    // by what they may do, the most first: ids made in one moment tell no order
    const auto first_role = [](const Member& one) { return std::countr_zero(one.roles.bits()); };
    std::stable_sort(found.members.begin(), found.members.end(), [&](const Member& a, const Member& b) { return first_role(a) < first_role(b); });
    return found;
  });
}

Result<FreshSession> enter_example(store::Database& db, store::Keyring& keyring, const Id& member, std::string_view device) {
  TRY(const auto id, db.read(store::InstallationScope{}, [](store::Read& read) { return tables::example_library(read); }));
  if (!id) return fail(Fault::forbidden, "identity.example.no");
  TRY(const auto part, vault::part(keyring, *id, member));
  const vault::Owner owner{*id, member, part};
  return db.write(store::Scope{*id, member, {}}, [&](store::Tx& tx) -> Result<FreshSession> {
    TRY_DONE(require_example(tx, tx.scope()));
    TRY(const auto wraps, tables::wraps(tx, *id, member));
    const auto* wrap = vault::find(wraps, Wrap::example);
    if (wrap == nullptr) return fail(Fault::forbidden, "identity.example.no");
    const auto key = vault::open_example(owner, *wrap);  // without the keyring that made it: in, and locked
    return start_session(tx, owner, {key ? std::optional(*key) : std::nullopt, std::string(device), Term::own, Computer::own});
  });
}

Done erase_example_again(store::Database& db, store::Keyring& keyring, std::span<const std::string_view> tables) {
  TRY(const auto there, db.read(store::InstallationScope{}, [](store::Read& read) { return tables::example_library(read); }));
  if (!there) return {};
  TRY(const bool erased, store::erased(keyring, *there, kErasedLibrary));
  return erased ? erase_example(db, keyring, {*there, Id(), {}}, tables) : Done{};
}

Done erase_example(store::Database& db, store::Keyring& keyring, const store::Scope& scope, std::span<const std::string_view> tables) {
  TRY_DONE(db.write(scope, [&](store::Tx& tx) -> Done {
    TRY_DONE(require_example(tx, scope));
    TRY_DONE(tx.touch("library"));
    for (const auto table : tables) TRY_DONE(empty_table(tx, scope.library, table));
    return {};
  }));
  TRY_DONE(vault::destroy_parts(keyring, scope.library));
  return store::note_erasure(keyring, scope.library, kErasedLibrary);
}

}  // namespace kedge::identity
