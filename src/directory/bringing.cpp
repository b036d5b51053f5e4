#include "directory/bringing.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "directory/checks.hpp"

namespace kedge::directory {
namespace {

template <class Record>
void check(Arrival<Record>& one) {
  auto result = checked(one.record);
  if (result) one.record = *std::move(result);
  else one.wrong.insert(one.wrong.end(), result.error().fields.begin(), result.error().fields.end());
}

template <class Record>
void place(Arrival<Record>& one, const std::vector<Record>& all) {
  if (!one.wrong.empty()) {
    one.standing = Standing::wrong;
  } else if (one.like.empty()) {
    one.standing = Standing::fresh;
  } else if (!one.like.front().sure) {
    one.standing = Standing::asks;
  } else {
    one.standing = news_of(*by_id(all, one.like.front().id), one.record) == News::none ? Standing::known : Standing::fuller;
  }
}

FieldError wrong(std::string field, std::string key, int row = 0) {
  FieldError error{std::move(field), std::move(key), {}};
  if (row > 0) error.arguments = {{"row", std::to_string(row)}};
  return error;
}

// Lines made into arrivals.
class Gathering {
 public:
  explicit Gathering(std::string_view elsewhere) : elsewhere_(text::clean_line(elsewhere)) {}

  void add(const Line& line) {
    const auto& person = line.contact;
    const bool somebody = !(person.name + person.title + person.department + person.phone + person.email).empty();
    auto organization = line.organization;
    if (organization.name.empty()) organization.name = elsewhere_;
    if (organization.name.empty()) {
      Arrival<Contact> alone{line.row, "c" + std::to_string(line.row), person, kNowhere};
      alone.wrong.push_back(wrong("organization", "directory.bring.no_organization"));
      if (!line.wrong.empty()) alone.wrong.push_back(wrong("", line.wrong));
      all.contacts.push_back(std::move(alone));
      return;
    }
    const auto at = organization_at(organization, line, somebody);
    if (somebody) add_contact(line, at);
  }

  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  Arrivals all;
  std::map<std::string, Id, std::less<>> marks;  // by key

 private:
  std::size_t organization_at(const Organization& organization, const Line& line, bool somebody) {
    const auto [found, first] = organizations_.try_emplace(bare(organization.name) + "\n" + (bare(organization.name).empty() ? organization.name : ""), all.organizations.size());
    if (first) all.organizations.push_back({line.row, "o" + std::to_string(line.row), organization});
    auto& one = all.organizations[found->second];
    one.record = filled(one.record, organization, {});
    if (!somebody && !line.mark.empty()) marks[one.key] = line.mark;
    if (!somebody && !line.wrong.empty()) one.wrong.push_back(wrong("", line.wrong));
    return found->second;
  }
  void add_contact(const Line& line, std::size_t at) {
    Arrival<Contact> one{line.row, "c" + std::to_string(line.row), line.contact, at};
    if (!line.mark.empty()) marks[one.key] = line.mark;
    if (!line.wrong.empty()) one.wrong.push_back(wrong("", line.wrong));
    if (const auto name = bare(line.contact.name); !name.empty()) {
      const auto [found, first] = people_.try_emplace({at, name}, all.contacts.size());
      if (!first) {
        auto& before = all.contacts[found->second];
        if (news_of(before.record, one.record) != News::differs && news_of(one.record, before.record) != News::differs && one.wrong.empty()) {
          before.record = filled(before.record, one.record, {});
          return;
        }
        one.wrong.push_back(wrong("name", "directory.bring.twice", before.row));
      }
    }
    all.contacts.push_back(std::move(one));
  }

  std::string elsewhere_;
  std::map<std::string, std::size_t, std::less<>> organizations_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> people_;
};

// One file's taking in.
class Taking {
 public:
  Taking(store::Tx& tx, const store::Scope& scope, const Decisions& decisions) : tx_(tx), scope_(scope), decisions_(decisions) {}

  template <class Record>
  [[nodiscard]] Decision decision(const Arrival<Record>& one) const {
    const auto said = decisions_.find(one.key);
    if (one.standing == Standing::wrong) return {Decision::What::leave};
    return said == decisions_.end() || said->second.what == Decision::What::unsaid ? proposed(one) : said->second;
  }
  template <class Record>
  void ask(const Arrival<Record>& one, Error& undecided) const {
    if (decision(one).what == Decision::What::unsaid) undecided.fields.push_back({one.key, "directory.bring.undecided", {{"row", std::to_string(one.row)}, {"name", one.record.name}}});
  }

  // Where it is now; empty: nowhere.
  Result<Id> organization(const Arrival<Organization>& one) {
    auto said = decision(one);
    // what is surely there stays as it is, and people may still come to it
    if (said.what == Decision::What::leave && one.surely_there()) return one.like.front().id;
    if (said.what == Decision::What::leave || said.what == Decision::What::unsaid) return Id();
    if (said.what == Decision::What::into) {
      TRY(const auto kept, seen(one.key, said, directory::organization(tx_, scope_, said.into)));
      return fill(kept, one.record, said);
    }
    ++came.organizations;
    return save(tx_, scope_, one.record);
  }
  Done contact(const Arrival<Contact>& one, const Id& at) {
    const auto said = decision(one);
    if (said.what == Decision::What::into) {
      TRY(const auto kept, seen(one.key, said, directory::contact(tx_, scope_, said.into)));
      TRY_DONE(fill(kept, one.record, said));
    } else if (said.what == Decision::What::add && !at.empty()) {
      auto fresh = one.record;
      fresh.organization = at;
      TRY_DONE(save(tx_, scope_, fresh));
      ++came.contacts;
    }
    return {};
  }
  Came came;

 private:
  template <class Record>
  Result<Record> seen(const std::string& key, const Decision& said, Result<Record> kept) {
    if (kept && (said.version == 0 || said.version == kept->version)) return kept;
    if (!kept && kept.error().fault != Fault::not_found) return kept;
    Error changed{Fault::conflict, "directory.bring.changed", {}, {{key, "directory.bring.changed", {}}}, {}};
    return fail(std::move(changed));
  }
  template <class Record>
  Result<Id> fill(const Record& kept, const Record& other, const Decision& said) {
    const auto full = filled(kept, other, said.taken);
    const bool same = std::ranges::all_of(fields_of(kept), [&](const auto& field) { return full.*field.member == kept.*field.member; });
    if (same) return kept.id;
    ++came.filled;
    return save(tx_, scope_, full);
  }

  store::Tx& tx_;
  const store::Scope& scope_;
  const Decisions& decisions_;
};

}  // namespace

Result<Arrivals> arrivals(store::Read& db, const store::Scope& scope, std::span<const Line> lines, std::string_view elsewhere) {
  Gathering gathering(elsewhere);
  for (const auto& line : lines) gathering.add(line);
  auto all = std::move(gathering.all);
  TRY(const auto organizations, directory::organizations(db, scope));
  TRY(const auto contacts, directory::contacts(db, scope));
  const KnownOrganizations known(*organizations);
  const KnownContacts people(*contacts);
  for (auto& one : all.organizations) {
    check(one);
    one.like = known.like(one.record, gathering.marks[one.key]);
    place(one, *organizations);
  }
  for (auto& one : all.contacts) {
    check(one);
    std::vector<Id> at;
    if (one.at != Gathering::kNowhere) {
      for (const auto& like : all.organizations[one.at].like)
        if (like.sure) at.push_back(like.id);
      if (all.organizations[one.at].standing == Standing::wrong && one.wrong.empty()) one.wrong.push_back(wrong("organization", "directory.bring.organization_wrong"));
    }
    one.like = people.like(one.record, at, gathering.marks[one.key]);
    place(one, *contacts);
  }
  return all;
}

template <class Record>
Decision proposed(const Arrival<Record>& one) {
  switch (one.standing) {
    case Standing::fresh: return {Decision::What::add};
    case Standing::fuller: return {Decision::What::into, one.like.front().id};
    case Standing::known:
    case Standing::wrong: return {Decision::What::leave};
    case Standing::asks: break;
  }
  return {};
}
template Decision proposed(const Arrival<Organization>& one);
template Decision proposed(const Arrival<Contact>& one);

Result<Came> take_in(store::Tx& tx, const store::Scope& scope, const Arrivals& all, const Decisions& decisions) {
  Taking taking(tx, scope, decisions);
  Error undecided{Fault::invalid, "directory.bring.undecided", {}, {}, {}};
  for (const auto& one : all.organizations) taking.ask(one, undecided);
  for (const auto& one : all.contacts) taking.ask(one, undecided);
  if (!undecided.fields.empty()) return fail(std::move(undecided));
  std::vector<Id> at;
  for (const auto& one : all.organizations) {
    TRY(auto id, taking.organization(one));
    at.push_back(std::move(id));
  }
  for (const auto& one : all.contacts)
    TRY_DONE(taking.contact(one, one.at < at.size() ? at[one.at] : Id()));
  return taking.came;
}

}  // namespace kedge::directory
