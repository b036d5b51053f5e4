#include "plan/digest.hpp"

#include "core/crypto.hpp"
#include "plan/plan_store.hpp"

namespace kedge::plan {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kWriteHour = 7;
constexpr std::int64_t kWriteDays = 3;
constexpr std::size_t kSignatureBytes = 16;

std::string signature(const store::Keyring& keyring, const Id& library, const Id& member) {
  const auto key = keyring.installation().derive("plan.digest");
  return crypto::to_base64url(crypto::keyed_hash(key, library.text() + member.text()).substr(0, kSignatureBytes));
}

}  // namespace

Digest digest_of(const std::vector<Action>& actions, const Id& reader, Reads reads, const Date& today, const std::function<bool(const Action&)>& gone) {
  Digest digest;
  const auto soon = Date::from_days(today.days() + kSoonDays);
  for (const auto& action : actions) {
    if (action.finished()) continue;
    const bool look = action.to_look_at(today) || action.quiet(today);
    if (action.owner_member == reader) {
      if (action.late(today)) digest.late.push_back(action);
      else if (look) digest.look.push_back(action);
      else if (!action.due.empty() && action.due <= soon) digest.soon.push_back(action);
    } else if (reads == Reads::all) {
      if ((action.owner_member.empty() && action.owner_contact.empty()) || gone(action)) digest.nobodys.push_back(action);
      else if (action.late(today)) digest.others_late.push_back(action);
      else if (look) digest.others_quiet.push_back(action);
    }
  }
  return digest;
}

Date monday_of(const Date& day) {
  return Date::from_days(day.days() - (day.days() + 3) % 7);  // 1970 began on a Thursday
}

std::optional<Date> week_to_write(std::int64_t now_ms, const std::string& zone) {
  const auto day = Date::at(now_ms - kWriteHour * kHourMs, zone);
  const auto monday = monday_of(day);
  if (day.days() - monday.days() >= kWriteDays) return std::nullopt;
  return monday;
}

Result<std::map<Id, DigestChoice>> digest_choices(store::Read& db, const store::Scope& scope) {
  std::map<Id, DigestChoice> all;
  TRY_DONE(db.each(kDigests, [&](DigestRow row) -> Done {
    all[row.member] = {row.wanted, row.sent_on};
    return {};
  }, scope.library));
  return all;
}

Done choose_digest(store::Tx& tx, const store::Scope& scope, const Id& member, Weekly choice) {
  const bool wanted = choice == Weekly::on;
  TRY(const auto changed, tx.run(kChooseDigest, scope.library, wanted, member));
  if (changed == 0) TRY_DONE(tx.run(kAddDigest, scope.library, member, wanted, Date()));
  return tx.record("digest", member, {"wanted"}, store::Precision::day);
}

Result<bool> begin_digest(store::Tx& tx, const store::Scope& scope, const Id& member, const Date& monday) {
  TRY(const auto kept, tx.maybe(kDigest, scope.library, member));
  if (kept && (!kept->wanted || kept->sent_on >= monday)) return false;
  if (kept) TRY_DONE(tx.run(kDigestSent, scope.library, monday, member));
  if (!kept) TRY_DONE(tx.run(kAddDigest, scope.library, member, true, monday));
  return true;
}

Done forget_digest(store::Tx& tx, const store::Scope& scope, const Id& member) {
  TRY_DONE(tx.run(kForgetDigest, scope.library, member));
  return {};
}

std::string digest_token(const store::Keyring& keyring, const Id& library, const Id& member) {
  return library.text() + "." + member.text() + "." + signature(keyring, library, member);
}

Result<DigestReader> read_digest_token(const store::Keyring& keyring, std::string_view token) {
  const auto first = token.find('.');
  const auto second = token.rfind('.');
  if (first != std::string_view::npos && first < second) {
    const auto library = Id::parse(token.substr(0, first));
    const auto member = Id::parse(token.substr(first + 1, second - first - 1));
    if (library && member && crypto::same(token.substr(second + 1), signature(keyring, *library, *member))) return DigestReader{*library, *member};
  }
  return fail(Fault::not_found, "web.not_found");
}

}  // namespace kedge::plan
