#include "mail/mail_store.hpp"

#include <nlohmann/json.hpp>

namespace kedge::mail {
namespace {

crypto::Key key_of(const store::Keyring& keyring) { return keyring.installation().derive("mail.letter"); }

}  // namespace

const store::Query<std::int64_t(Id, Kind, std::int64_t)> kCountLetters{
    "mail.count_letters", "SELECT COUNT(*) FROM letter WHERE library_id = :library AND kind = :kind AND made_ms > :since"};
const store::Query<void(Id, Id, Kind, Id, store::Bytes, std::int64_t)> kAddLetter{
    "mail.add_letter",
    "INSERT INTO letter (library_id, id, kind, about, sealed, state, why, tries, made_ms, due_ms) VALUES (:library, :id, :kind, :about, :sealed, "
    "'waiting', '', 0, :now, :now)"};
const store::Query<StandingRow(Id, Kind)> kStandings{
    "mail.standings", "SELECT about, state, why FROM letter WHERE library_id = :library AND kind = :kind AND about IS NOT NULL ORDER BY made_ms, id"};
const store::Query<void(Id, Id)> kWithdrawLetters{"mail.withdraw_letters", "DELETE FROM letter WHERE library_id = :library AND about = :about"};
// across libraries: one postman carries everybody's, and daily
const store::Query<void(std::int64_t)> kTidyLetters{"mail.tidy_letters", "DELETE FROM letter WHERE made_ms < :before"};
const store::Query<bool(std::int64_t)> kAnyDue{"mail.any_due", "SELECT EXISTS (SELECT 1 FROM letter WHERE state = 'waiting' AND due_ms <= :now)"};
// Taken for two minutes; who takes it longer than that has lost it to another process.
const store::Query<DueRow(std::int64_t, std::int64_t)> kTakeDue{
    "mail.take_due",
    "UPDATE letter SET due_ms = :until, tries = tries + 1 WHERE id = ("
    "SELECT id FROM letter WHERE state = 'waiting' AND due_ms <= :now ORDER BY due_ms, id LIMIT 1 $skip_locked) "
    "RETURNING library_id, id, sealed, tries, made_ms"};
const store::Query<void(Id, State, std::string, std::int64_t, Id)> kSettle{
    "mail.settle", "UPDATE letter SET state = :state, why = :why, sealed = NULL, due_ms = :now WHERE library_id = :library AND id = :id"};
const store::Query<void(Id, std::string, std::int64_t, Id, std::int64_t)> kPutOff{
    "mail.put_off", "UPDATE letter SET why = :why, due_ms = :due WHERE library_id = :library AND id = :id AND tries = :tries"};

std::string seal(const store::Keyring& keyring, const Id& id, const Message& message) {
  const nlohmann::json lines{message.to, message.subject, message.text, message.html, message.language, message.off};
  return crypto::seal(key_of(keyring), lines.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), id.text());
}

Result<Message> unseal(const store::Keyring& keyring, const Id& id, std::string_view sealed) {
  TRY(const auto plain, crypto::open(key_of(keyring), sealed, id.text()));
  const auto lines = nlohmann::json::parse(plain, nullptr, false);
  if (!lines.is_array() || lines.size() != 6) return fail(Fault::internal, "mail.broken");
  const auto line = [&](std::size_t at) { return lines[at].get<std::string>(); };
  return Message{line(0), line(1), line(2), line(3), line(4), line(5)};
}

}  // namespace kedge::mail
