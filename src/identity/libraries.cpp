// Libraries and their settings; founding.
#include <algorithm>

#include "core/text.hpp"
#include "core/zones.hpp"
#include "identity/joining.hpp"
#include "identity/rules.hpp"

namespace kedge::identity {
namespace {

constexpr std::size_t kMostBranches = 100;
const Limit kFoundingLimit{"founding", 20};

bool is_upper_letters(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// What a form may hold of a library, made fit to keep. Errors: invalid with every field that is wrong.
Result<Library> checked(Library library) {
  Error wrong{Fault::invalid, "identity.library.invalid", {}, {}, {}};
  const auto note = [&](std::string field, std::string key) { wrong.fields.push_back({std::move(field), std::move(key), {}}); };
  if (auto name = checked_name(library.name, "name")) library.name = *name;
  else if (text::clean_line(library.name).empty()) note("name", "identity.library.name_empty");
  else wrong.fields.push_back(name.error().fields[0]);
  if (!is_time_zone(library.time_zone)) note("time_zone", "identity.library.time_zone");
  if (!is_upper_letters(library.country, 2, 2)) note("country", "identity.library.country");
  if (!library.state.empty() && !is_upper_letters(library.state, 1, 3)) note("state", "identity.library.state");
  if (library.fiscal_month < 1 || library.fiscal_month > 12) note("fiscal_month", "identity.library.fiscal_month");
  if (library.threshold < 5 || library.threshold > 100) note("threshold", "identity.library.threshold");
  if (!wrong.fields.empty()) return fail(std::move(wrong));
  return library;
}

Result<std::vector<std::string>> checked_branches(const std::vector<std::string>& typed) {
  std::vector<std::string> names;
  for (const auto& name : typed) {
    if (text::clean_line(name).empty()) continue;
    TRY(auto clean, checked_name(name, "branches"));
    const auto again = [&](const std::string& other) { return text::fold(other) == text::fold(clean); };
    if (std::any_of(names.begin(), names.end(), again)) return fail_field("branches", "identity.branch.twice");
    names.push_back(std::move(clean));
  }
  if (names.size() > kMostBranches) return fail_field("branches", "identity.branch.too_many");
  return names;
}

struct Plan {  // a founding, checked
  Library library;
  std::vector<std::string> branches;
  std::string name;
  std::string email;
};

template <class T>
void gather(Error& wrong, Result<T>& result) {
  if (!result) wrong.fields.insert(wrong.fields.end(), result.error().fields.begin(), result.error().fields.end());
}

Result<Plan> checked(const Founding& founding) {
  auto library = checked(founding.library);
  auto branches = checked_branches(founding.branches);
  auto name = checked_name(founding.lead_name, "lead_name");
  auto email = checked_email(founding.lead_email, "lead_email");
  auto strong = check_password(founding.password, founding.lead_name, founding.lead_email);
  Error wrong{Fault::invalid, "identity.library.invalid", {}, {}, {}};
  gather(wrong, library);
  gather(wrong, branches);
  gather(wrong, name);
  if (email && email->empty()) email = fail_field("lead_email", "identity.email.needed");
  gather(wrong, email);
  gather(wrong, strong);
  if (!wrong.fields.empty()) return fail(std::move(wrong));
  return Plan{*std::move(library), *std::move(branches), *std::move(name), *std::move(email)};
}

Result<Joined> found_as(store::Tx& tx, const vault::Owner& owner, const Plan& plan, const Credential& credential, const std::string& device) {
  auto library = plan.library;
  library.id = owner.library;
  library.example = false;
  TRY_DONE(tables::add_library(tx, library));
  TRY_DONE(tables::add_branches(tx, library.id, plan.branches));
  tables::NewMemberRow lead;
  lead.name = plan.name;
  lead.email = plan.email;
  lead.roles = {Role::administrator, Role::lead};
  lead.language = library.language;
  lead.credential = credential;
  return enroll(tx, owner, lead, device);
}

Result<vault::Owner> fresh_owner(store::Keyring& keyring, std::int64_t now_ms) {
  const auto library = Id::fresh(now_ms);
  const auto member = Id::fresh(now_ms);
  TRY(const auto part, vault::make_part(keyring, library, member));
  return vault::Owner{library, member, part};
}

}  // namespace

Result<Joined> found(store::Tx& tx, store::Keyring& keyring, const Founding& founding) {
  TRY(const auto plan, checked(founding));
  TRY(const auto credential, make_credential(founding.password, crypto::fresh_salt()));
  TRY(const auto owner, fresh_owner(keyring, tx.now_ms()));
  return found_as(tx, owner, plan, credential, {});
}

Result<Joined> found_by_code(store::Database& db, store::Keyring& keyring, const Founding& founding, std::string_view code, const std::string& peer,
                             const std::string& device) {
  TRY_DONE(count_attempt(db, keyring, kFoundingLimit, peer, "identity.too_many"));
  const auto planned = checked(founding);
  if (plain_code(code).empty()) {
    auto wrong = planned ? Error{Fault::invalid, "identity.library.invalid", {}, {}, {}} : planned.error();
    wrong.fields.push_back({"code", "identity.found.no_code", {}});
    return fail(std::move(wrong));
  }
  TRY(const auto plan, planned);
  TRY(const auto salt, salt_for(db, plan.email));
  TRY(const auto credential, make_credential(founding.password, salt));
  TRY(const auto now_ms, db.read(store::InstallationScope{}, [](store::Read& read) -> Result<std::int64_t> { return read.now_ms(); }));
  TRY(const auto owner, fresh_owner(keyring, now_ms));
  return db.write(store::InstallationScope{}, [&](store::Tx& tx) -> Result<Joined> {
    TRY(const auto used, tables::use_founding_code(tx, token_hash(plain_code(code), "founding")));
    if (!used) return fail_field("code", "identity.found.wrong_code");
    return found_as(tx, owner, plan, credential, device);
  });
}

Result<bool> has_libraries(store::Read& db) {
  TRY(const auto count, tables::count_libraries(db));
  return count > 0;
}

Result<std::string> make_founding_code(store::Tx& tx) {
  const auto code = crypto::fresh_code(12);
  TRY_DONE(tables::set_founding_code(tx, token_hash(code, "founding"), tx.now_ms() + kDay));
  return code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8);
}

Done save_library(store::Tx& tx, const store::Scope& scope, const Library& typed) {
  if (!leads(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  auto library = typed;
  library.id = scope.library;
  TRY(library, checked(std::move(library)));
  TRY_DONE(tables::save_library(tx, library));
  TRY_DONE(tx.record("library", scope.library, {"settings"}));
  return tx.touch("library");
}

Result<std::vector<std::string>> save_branches(store::Tx& tx, const store::Scope& scope, const std::vector<std::string>& typed) {
  if (!leads(scope)) return fail(Fault::forbidden, "identity.roles.not_yours");
  TRY(const auto names, checked_branches(typed));
  TRY(auto now, branches(tx, scope));
  std::vector<Branch> kept;
  std::int64_t position = 0;
  for (const auto& name : names) {  // a name that stands already keeps its branch
    ++position;
    const auto same = std::find_if(now.begin(), now.end(), [&](const Branch& branch) { return branch.name == name; });
    if (same == now.end()) kept.push_back({Id(), name, position});
    else kept.push_back({same->id, name, position}), now.erase(same);
  }
  for (auto& branch : kept) {  // a name that is new takes over a branch whose name is gone: it was renamed
    if (!branch.id.empty() || now.empty()) continue;
    branch.id = now.front().id;
    now.erase(now.begin());
  }
  std::vector<std::string> gone;
  for (const auto& branch : now) {
    TRY_DONE(tables::drop_branch(tx, scope.library, branch.id));
    gone.push_back(branch.name);
  }
  for (const auto& branch : kept) {
    if (branch.id.empty()) {
      TRY_DONE(tables::add_branch(tx, scope.library, {tx.fresh_id(), branch.name, branch.position}));
    } else {
      TRY_DONE(tables::save_branch(tx, scope.library, branch));
    }
  }
  TRY_DONE(tx.record("library", scope.library, {"branches"}));
  TRY_DONE(tx.touch("library"));
  return gone;
}

}  // namespace kedge::identity
