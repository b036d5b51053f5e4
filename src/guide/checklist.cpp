#include "guide/checklist.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "guide/checklist_store.hpp"
#include "identity/identity.hpp"
#include "store/sealed_box.hpp"

namespace kedge::guide {
namespace {

using store::SealedBox;

std::string key_name(const Id& list) { return "checklist/" + list.text(); }
std::string bound_to(const store::Scope& scope, const Id& list) { return "checklist/" + scope.library.text() + "/" + list.text(); }

Result<crypto::Key> box_key(store::Keyring& keyring, const store::Scope& scope, const Id& list) {
  TRY(const auto bytes, keyring.get(scope.library, key_name(list)));
  if (!bytes) return fail(Fault::not_found, "guide.list.key_gone");
  return crypto::Key::from_bytes(*bytes);
}

// Marks in a slot: places of the items in the list's order, two bits each, then the comment. The longest payload is the
// same for every list of as many items.
std::size_t slot_size(std::size_t items) { return items * 2 + kCommentLimit * 4; }

std::string packed(const std::vector<ListItem>& items, const Marks& marks) {
  const auto has = [](const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  std::string out;
  for (const auto& item : items) {
    out += has(marks.well, item.id) ? '1' : '0';
    out += has(marks.better, item.id) ? '1' : '0';
  }
  return out + marks.comment;
}

Marks unpacked(const std::vector<ListItem>& items, const std::string& payload) {
  Marks marks;
  if (payload.size() < items.size() * 2) return marks;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (payload[i * 2] == '1') marks.well.push_back(items[i].id);
    if (payload[i * 2 + 1] == '1') marks.better.push_back(items[i].id);
  }
  marks.comment = payload.substr(items.size() * 2);
  return marks;
}

Result<Checklist> whole(store::Read& db, const store::Scope& scope, const rows::ListRow& row) {
  Checklist list{row.id, row.workbook, row.prompt, row.state, row.opened_on, row.closes_on, row.threshold, row.said, {}, {}, {}, row.restarted_on, row.paper};
  TRY(const auto items, rows::items(db, scope, row.id));
  for (const auto& item : items) list.items.push_back({item.item, item.label, item.well, item.better});
  TRY(list.roster, rows::roster(db, scope, row.id));
  TRY(list.comments, rows::comments(db, scope, row.id));
  return list;
}

// Whether a result of a list with this roster may be said, given what was said within a year or will be said of a list that is
// open in another workbook (PRIVACY.md 5).
Result<bool> may_be_said(store::Read& db, const store::Scope& scope, const std::vector<Id>& roster, const Date& today) {
  TRY(const auto all, rows::all_lists(db, scope));
  for (const auto& earlier : all) {
    if (!earlier.said || earlier.state == ListState::without_result || today.days() - earlier.closes_on.days() > kDaysApart) continue;
    if (earlier.paper) return false;  // who was asked is not known
    TRY(const auto before, rows::roster(db, scope, earlier.id));
    if (before.empty()) continue;  // a list that was brought along in words
    if (!disclosure::may_be_said_after(disclosure::turnover(before, roster))) return false;
  }
  return true;
}

Done check_opening(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt, const Date& today, const Date& closes_on) {
  const auto days = closes_on.empty() ? 0 : closes_on.days() - today.days();
  if (days < kShortestListDays || days > kLongestListDays) return fail_field("closes_on", "guide.list.date");
  TRY(const auto lists, rows::lists(db, scope, workbook, prompt));
  for (const auto& earlier : lists) {
    if (earlier.state == ListState::open) return fail(Fault::conflict, "guide.list.open_already");
    if (today.days() - earlier.closes_on.days() < kPauseDays) return fail(Fault::conflict, "guide.list.too_soon");
  }
  return {};
}

// A ticket a member, known clear to nobody once it is sealed to them; the box gets one slot for each.
Result<std::string> sealed_tickets(store::Tx& tx, const store::Scope& scope, const Id& list, const std::vector<Id>& roster, std::size_t items,
                                   const crypto::Key& key) {
  std::vector<std::string> tickets;
  for (const auto& member : roster) {
    tickets.push_back(SealedBox::fresh_ticket());
    TRY(const auto open_half, identity::public_key(tx, scope, member));
    if (open_half.empty()) continue;  // left since the list opened
    TRY(auto sealed, crypto::seal_to(open_half, tickets.back()));
    TRY_DONE(rows::add_ticket(tx, scope, list, member, {std::move(sealed)}));
  }
  return SealedBox::fresh(tickets, slot_size(items)).seal(key, bound_to(scope, list));
}

Result<SealedBox> open_box(store::Read& db, const store::Scope& scope, const crypto::Key& key, const Id& list) {
  TRY(const auto sealed, rows::box(db, scope, list));
  if (!sealed) return fail(Fault::conflict, "guide.list.is_closed");
  return SealedBox::open(key, sealed->raw, bound_to(scope, list));
}

Result<std::string> own_ticket(store::Read& db, const store::Scope& scope, const crypto::Key& member_key, const Id& list) {
  TRY(const auto sealed, rows::ticket(db, scope, list));
  if (!sealed) return fail(Fault::not_found, "guide.list.not_asked");
  const auto ticket = crypto::open_sealed(member_key, sealed->raw);
  if (!ticket) return fail(Fault::not_found, "guide.list.ticket_lost");
  return *ticket;
}

// What the box says: the bands of every item, and the comments; nothing when fewer than five took part.
struct Count {
  std::vector<rows::ItemRow> bands;
  std::vector<std::string> comments;
};
Count counted(const Checklist& list, const SealedBox& box) {
  Count count;
  const auto payloads = box.written();
  const auto takers = static_cast<std::int64_t>(payloads.size());
  if (!list.said || takers < std::max(list.threshold, disclosure::kSmallestGroup)) return count;
  std::map<std::string, std::int64_t> well;
  std::map<std::string, std::int64_t> better;
  for (const auto& payload : payloads) {
    const auto marks = unpacked(list.items, payload);
    for (const auto& item : marks.well) ++well[item];
    for (const auto& item : marks.better) ++better[item];
    if (!marks.comment.empty()) count.comments.push_back(marks.comment);
  }
  for (const auto& item : list.items)
    count.bands.push_back({item.id, "", 0, disclosure::band_of(well[item.id], takers), disclosure::band_of(better[item.id], takers)});
  return count;
}

Done announce(store::Tx& tx, const Id& workbook, std::string_view prompt) {
  TRY_DONE(tx.touch("workbook/" + workbook.text()));
  return tx.touch("answer/" + workbook.text() + "/" + std::string(prompt));
}

}  // namespace

bool Checklist::asks(const Id& member) const { return std::find(roster.begin(), roster.end(), member) != roster.end(); }

bool Checklist::has_result() const {
  return state == ListState::closed && std::any_of(items.begin(), items.end(), [](const ListItem& item) { return item.well.has_value(); });
}

Result<std::vector<Checklist>> checklists(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt) {
  TRY(const auto kept, rows::lists(db, scope, workbook, prompt));
  std::vector<Checklist> all;
  for (const auto& row : kept) {
    TRY(auto list, whole(db, scope, row));
    all.push_back(std::move(list));
  }
  return all;
}

Result<Checklist> checklist(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(const auto row, rows::list(db, scope, id));
  return whole(db, scope, row);
}

Result<std::vector<std::string>> proposals(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt) {
  return rows::proposals(db, scope, workbook, prompt);
}

Done withdraw(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, const std::string& label) {
  return rows::drop_proposal(tx, scope, workbook, prompt, label);
}

Done propose(store::Tx& tx, const store::Scope& scope, const Id& workbook, std::string_view prompt, std::string_view label) {
  const auto words = text::clean_line(label);
  if (words.empty()) return fail_field("label", "guide.list.no_label");
  if (text::length(words) > kTextLimit) return fail_field("label", "guide.list.long_label");
  TRY(const auto book, guide::workbook(tx, scope, workbook));
  const auto* found = book.definition().prompt(prompt);
  if (found == nullptr || found->kind != Kind::checklist || !found->own_rows) return fail(Fault::not_found, "guide.prompt.unknown");
  TRY(const auto waiting, rows::proposals(tx, scope, workbook, prompt));
  if (waiting.size() + found->rows.size() >= kMostItems) return fail_field("label", "guide.list.full");
  for (const auto& one : waiting)
    if (text::fold(one) == text::fold(words)) return {};
  return rows::add_proposal(tx, scope, workbook, prompt, words);
}

Result<std::vector<ListItem>> next_items(store::Read& db, const store::Scope& scope, const Id& workbook, std::string_view prompt_id) {
  TRY(const auto book, guide::workbook(db, scope, workbook));
  const auto* prompt = book.definition().prompt(prompt_id);
  if (prompt == nullptr || prompt->kind != Kind::checklist || prompt->left_out()) return fail(Fault::not_found, "guide.prompt.unknown");
  std::vector<ListItem> items;
  for (const auto& row : prompt->rows) items.push_back({row.id, "", {}, {}});
  TRY(const auto proposed, rows::proposals(db, scope, workbook, prompt_id));
  for (const auto& label : proposed) {
    if (items.size() >= kMostItems) break;
    items.push_back({Id::random().text(), label, {}, {}});
  }
  return items;
}

Result<std::vector<Id>> would_be_asked(store::Read& db, const store::Scope& scope) {
  TRY(const auto members, identity::members(db, scope));
  std::vector<Id> asked;
  for (const auto& member : members) {
    if (!member.roles.any({Role::administrator, Role::lead, Role::staff, Role::intern})) continue;
    TRY(const auto open_half, identity::public_key(db, scope, member.id));
    if (!open_half.empty()) asked.push_back(member.id);
  }
  return asked;
}

Result<Id> open_checklist(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& workbook, std::string_view prompt,
                          const Date& closes_on) {
  const auto key = crypto::Key::random();
  // the key goes first: a list without its key could never be counted, a key without its list is swept away
  return db.write_alone(scope, [&](store::Tx& tx) -> Result<Id> {
    TRY(const auto library, identity::library(tx, scope));
    const auto today = Date::at(tx.now_ms(), library.time_zone);
    TRY_DONE(check_opening(tx, scope, workbook, prompt, today, closes_on));
    TRY(const auto roster, would_be_asked(tx, scope));
    if (static_cast<std::int64_t>(roster.size()) < std::max(disclosure::kSmallestGroup, library.threshold))
      return fail(Fault::conflict, "guide.list.too_few");
    TRY(const auto said, may_be_said(tx, scope, roster, today));
    TRY(const auto items, next_items(tx, scope, workbook, prompt));
    const auto id = tx.fresh_id();
    TRY_DONE(keyring.put(scope.library, key_name(id), key.bytes()));
    TRY_DONE(rows::add_list(tx, scope, {id, workbook, std::string(prompt), ListState::open, today, closes_on, library.threshold, said}));
    std::int64_t position = 0;
    for (const auto& item : items) TRY_DONE(rows::add_item(tx, scope, id, {item.id, item.label, position++, {}, {}}));
    for (const auto& member : roster) TRY_DONE(rows::add_to_roster(tx, scope, id, member));
    TRY(auto box, sealed_tickets(tx, scope, id, roster, items.size(), key));
    TRY_DONE(rows::add_box(tx, scope, id, {std::move(box)}));
    TRY_DONE(rows::drop_proposals(tx, scope, workbook, prompt));
    TRY_DONE(tx.record("checklist", id, {"opened"}));
    TRY_DONE(announce(tx, workbook, prompt));
    return id;
  });
}

Result<Marks> own_marks(store::Read& db, store::Keyring& keyring, const store::Scope& scope, const crypto::Key& member_key, const Id& id) {
  TRY(const auto list, checklist(db, scope, id));
  if (list.state != ListState::open) return fail(Fault::conflict, "guide.list.is_closed");
  TRY(const auto ticket, own_ticket(db, scope, member_key, id));
  TRY(const auto key, box_key(keyring, scope, id));
  TRY(const auto box, open_box(db, scope, key, id));
  TRY(const auto payload, box.read(ticket));
  return unpacked(list.items, payload);
}

Done save_marks(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const crypto::Key& member_key, const Id& id, const Marks& typed) {
  auto marks = typed;
  marks.comment = text::clean(typed.comment);
  if (text::length(marks.comment) > kCommentLimit) return fail_field("comment", "guide.list.long_comment");
  TRY(const auto key, box_key(keyring, scope, id));
  return db.write_alone(scope, [&](store::Tx& tx) -> Done {
    TRY(const auto list, checklist(tx, scope, id));
    if (list.state != ListState::open) return fail(Fault::conflict, "guide.list.is_closed");
    TRY(const auto ticket, own_ticket(tx, scope, member_key, id));
    TRY(auto box, open_box(tx, scope, key, id));
    TRY_DONE(box.write(ticket, packed(list.items, marks)));
    return rows::set_box(tx, scope, id, {box.seal(key, bound_to(scope, id))});
  });
}

Done rewrite_box(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& id) {
  TRY(const auto key, box_key(keyring, scope, id));
  return db.write_alone(scope, [&](store::Tx& tx) -> Done {
    TRY(auto box, open_box(tx, scope, key, id));
    return rows::set_box(tx, scope, id, {box.seal(key, bound_to(scope, id))});
  });
}

Done close_checklist(store::Database& db, store::Keyring& keyring, const store::Scope& scope, const Id& id) {
  const auto key = box_key(keyring, scope, id);
  TRY_DONE(db.write_alone(scope, [&](store::Tx& tx) -> Done {
    TRY(const auto list, checklist(tx, scope, id));
    if (list.state != ListState::open) return {};
    const auto box = key ? open_box(tx, scope, *key, id) : Result<SealedBox>(fail(key.error()));
    if (box) {
      const auto count = counted(list, *box);
      for (const auto& band : count.bands) TRY_DONE(rows::set_bands(tx, scope, id, band));
      for (const auto& comment : count.comments) TRY_DONE(rows::add_comment(tx, scope, id, comment));
    }
    TRY_DONE(rows::empty(tx, scope, id));
    TRY_DONE(rows::set_state(tx, scope, id, box ? ListState::closed : ListState::without_result));
    TRY_DONE(tx.record("checklist", id, {"closed"}));
    return announce(tx, list.workbook, list.prompt);
  }));
  TRY_DONE(keyring.destroy(scope.library, key_name(id)));
  return db.forget_log();
}

namespace {

// Keys without an open list: of closings that were cut off, or openings that were undone.
Done sweep_keys(store::Database& db, store::Keyring& keyring, const Id& library, const std::vector<rows::OpenList>& open) {
  TRY(const auto names, keyring.names(library, "checklist/"));
  bool swept = false;
  for (const auto& name : names) {
    const bool used = std::any_of(open.begin(), open.end(), [&](const auto& one) { return one.library == library && key_name(one.id) == name; });
    if (used) continue;
    TRY_DONE(keyring.destroy(library, name));
    swept = true;
  }
  if (swept) TRY_DONE(db.forget_log());
  return {};
}

}  // namespace

Result<int> tend_checklists(store::Database& db, store::Keyring& keyring) {
  TRY(const auto libraries, db.read(store::InstallationScope{}, [](store::Read& read) { return identity::libraries(read); }));
  TRY(const auto open, db.read(store::InstallationScope{}, [](store::Read& read) { return rows::open_lists(read); }));
  int closed = 0;
  for (const auto& library : libraries) {
    const store::Scope scope{library.id, Id(), {}};
    TRY_DONE(sweep_keys(db, keyring, library.id, open));
    for (const auto& one : open) {
      if (one.library != library.id) continue;
      TRY(const auto list, db.read(scope, [&](store::Read& read) { return rows::list(read, scope, one.id); }));
      TRY(const auto today, db.read(scope, [&](store::Read& read) -> Result<Date> { return Date::at(read.now_ms(), library.time_zone); }));
      const auto key = keyring.get(library.id, key_name(one.id));
      if (!key) return fail(key.error());
      if (list.closes_on >= today && key->has_value()) continue;
      TRY_DONE(close_checklist(db, keyring, scope, one.id));
      ++closed;
    }
  }
  return closed;
}

Done stir_checklists(store::Database& db, store::Keyring& keyring, std::uint32_t one_in, const std::function<void(std::size_t)>& wait) {
  TRY(auto chosen, db.read(store::InstallationScope{}, [](store::Read& read) { return rows::open_lists(read); }));
  std::erase_if(chosen, [&](const auto& /*one*/) { return crypto::random_below(one_in) != 0; });
  for (const auto& one : chosen) {
    wait(chosen.size());
    const store::Scope scope{one.library, Id(), {}};
    const auto done = rewrite_box(db, keyring, scope, one.id);
    const bool closed_meanwhile = !done && (done.error().fault == Fault::not_found || done.error().fault == Fault::conflict);
    if (!done && !closed_meanwhile) return fail(done.error());
  }
  return {};
}

Done start_lists_empty(store::Database& db, store::Keyring& keyring) {
  TRY(const auto open, db.read(store::InstallationScope{}, [](store::Read& read) { return rows::open_lists(read); }));
  for (const auto& one : open) {
    const store::Scope scope{one.library, Id(), {}};
    const auto key = crypto::Key::random();
    TRY_DONE(keyring.put(one.library, key_name(one.id), key.bytes()));
    TRY_DONE(db.write_alone(scope, [&](store::Tx& tx) -> Done {
      TRY(const auto list, checklist(tx, scope, one.id));
      TRY_DONE(rows::empty(tx, scope, one.id));
      TRY(auto box, sealed_tickets(tx, scope, one.id, list.roster, list.items.size(), key));
      TRY_DONE(rows::add_box(tx, scope, one.id, {std::move(box)}));
      TRY(const auto library, identity::library(tx, scope));
      return rows::set_restarted(tx, scope, one.id, Date::at(tx.now_ms(), library.time_zone));
    }));
  }
  return {};
}

Result<Id> keep_closed(store::Tx& tx, const store::Scope& scope, const Checklist& closed) {
  const auto id = tx.fresh_id();
  TRY_DONE(rows::add_list(tx, scope, {id, closed.workbook, closed.prompt, closed.state == ListState::without_result ? ListState::without_result : ListState::closed, closed.opened_on,
                              closed.closes_on, closed.threshold, true, {}, closed.paper}));
  std::int64_t position = 0;
  for (const auto& item : closed.items) TRY_DONE(rows::add_item(tx, scope, id, {item.id, item.label, position++, item.well, item.better}));
  for (const auto& member : closed.roster) TRY_DONE(rows::add_to_roster(tx, scope, id, member));
  for (const auto& comment : closed.comments) TRY_DONE(rows::add_comment(tx, scope, id, comment));
  return id;
}

}  // namespace kedge::guide
