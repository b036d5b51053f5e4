// directory: the fields of a record that two of them are held against each other by. Inside directory and its pages.
#pragma once

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.hpp"
#include "directory/duplicates.hpp"

namespace kedge::directory {

template <class Record>
struct RecordField {
  std::string_view code;  // of form fields and errors
  std::string Record::* member;
};

inline constexpr std::array<RecordField<Organization>, 6> kOrganizationFields{{{"name", &Organization::name}, {"alternate_name", &Organization::alternate_name},
    {"kind", &Organization::kind}, {"description", &Organization::description}, {"email", &Organization::email}, {"website", &Organization::website}}};
inline constexpr std::array<RecordField<Contact>, 5> kContactFields{{{"name", &Contact::name}, {"title", &Contact::title}, {"department", &Contact::department},
    {"phone", &Contact::phone}, {"email", &Contact::email}}};

[[nodiscard]] inline constexpr const auto& fields_of(const Organization&) { return kOrganizationFields; }
[[nodiscard]] inline constexpr const auto& fields_of(const Contact&) { return kContactFields; }

// Nothing when it is not among them.
template <class Record>
[[nodiscard]] const Record* by_id(const std::vector<Record>& all, const Id& id) {
  const auto found = std::ranges::find(all, id, &Record::id);
  return found == all.end() ? nullptr : &*found;
}

// (618) 555-0142 is 618-555-0142, and addresses have no case.
[[nodiscard]] inline bool says_the_same(std::string_view code, const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (code == "phone") return !phone_key(a).empty() && phone_key(a) == phone_key(b) && a.find_first_of("xX#,") == std::string::npos && b.find_first_of("xX#,") == std::string::npos;
  return code == "email" && email_key(a) == email_key(b);
}

using Taken = std::set<std::string, std::less<>>;  // codes of fields

// `kept` with its empty fields filled from `other`, and with those of `taken` as `other` has them.
template <class Record>
[[nodiscard]] Record filled(Record kept, const Record& other, const Taken& taken) {
  for (const auto& [code, member] : fields_of(kept))
    if ((kept.*member).empty() || (taken.contains(code) && !(other.*member).empty())) kept.*member = other.*member;
  return kept;
}

enum class News : std::uint8_t { none, differs, fills };
// What `other` says that `kept` does not.
template <class Record>
[[nodiscard]] News news_of(const Record& kept, const Record& other) {
  auto news = News::none;
  for (const auto& [code, member] : fields_of(kept)) {
    if ((other.*member).empty() || says_the_same(code, kept.*member, other.*member)) continue;
    if ((kept.*member).empty()) return News::fills;
    news = News::differs;
  }
  return news;
}

}  // namespace kedge::directory
