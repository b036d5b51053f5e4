// directory: contacts and organizations of a file, held against what is there, and taken in as a person decided.
// Looking stores nothing; taking in is all or nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "directory/lines.hpp"
#include "directory/record_fields.hpp"

namespace kedge::directory {

enum class Standing : std::uint8_t {
  fresh,   // nothing like it is there
  known,   // it is there, and says no more than what is there
  fuller,  // surely there: it fills fields, or says something else
  asks,    // something like it is there: a person says whether it is the same
  wrong,   // can't be taken in as it stands
};

template <class Record>
struct Arrival {
  int row = 0;                    // of its first line
  std::string key;                // names it in a form: "o2", "c7"
  Record record = {};             // a contact's organization is empty
  std::size_t at = 0;             // a contact's place among the organizations
  std::vector<FieldError> wrong = {};
  std::vector<Likeness> like = {};
  Standing standing = Standing::fresh;

  [[nodiscard]] bool surely_there() const { return standing == Standing::known || standing == Standing::fuller; }
};

struct Arrivals {
  std::vector<Arrival<Organization>> organizations;
  std::vector<Arrival<Contact>> contacts;
};

// `elsewhere`: the organization of people for whom their line names none; may be empty. Lines of one organization, or of one
// person, are one arrival; where two of a person differ the second is wrong.
[[nodiscard]] Result<Arrivals> arrivals(store::Read& db, const store::Scope& scope, std::span<const Line> lines, std::string_view elsewhere);

struct Decision {
  enum class What : std::uint8_t { unsaid, add, into, leave };
  What what = What::unsaid;
  Id into = {};
  std::int64_t version = 0;  // of that record, as it was seen; 0: it was not seen
  Taken taken = {};          // fields in which the file's words replace what is there
};
using Decisions = std::map<std::string, Decision, std::less<>>;  // by Arrival::key

// What is done when nobody says anything: what is new is added, what is surely there is filled; what asks stays unsaid.
template <class Record>
[[nodiscard]] Decision proposed(const Arrival<Record>& one);

struct Came {
  std::int64_t organizations = 0;  // made
  std::int64_t contacts = 0;       // made
  std::int64_t filled = 0;         // changed
};
// Those at an organization that is left out are left out with it; one that is surely there is left as it is. Errors: invalid "directory.bring.undecided" at each key that is
// unsaid; conflict "directory.bring.changed" at the key of a record that was changed or removed since; those of save.
[[nodiscard]] Result<Came> take_in(store::Tx& tx, const store::Scope& scope, const Arrivals& all, const Decisions& decisions);

}  // namespace kedge::directory
