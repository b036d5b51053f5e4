// directory: which records may be the same, and why. Says so and decides nothing: a person does.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.hpp"
#include "directory/directory.hpp"

namespace kedge::directory {

enum class Reason : std::uint8_t { same_record, same_name, similar_name, same_email, same_phone, same_website };

struct Likeness {
  Id id;
  std::vector<Reason> reasons;
  bool sure = false;  // so alike that it is proposed first; still a person's to say
  bool operator==(const Likeness&) const = default;
};

// A name for comparing: without case, accents and signs, one space between words. "Clinica San Jose, Inc." of its words.
[[nodiscard]] std::string bare(std::string_view name);
// Whether two bare names are one or two slips of a pen apart, or the same words but for those that say little ("the", "inc", "de").
[[nodiscard]] bool similar(std::string_view bare_a, std::string_view bare_b);
// The digits by which a phone is told: the last ten of at least seven, up to the first letter. Empty: none.
[[nodiscard]] std::string phone_key(std::string_view phone);
[[nodiscard]] std::string email_key(std::string_view email);
// The host of an address, without www. Empty: none.
[[nodiscard]] std::string website_key(std::string_view website);

// By what a record is compared; made once for each.
struct Keys {
  std::string name, other_name, email, phone, website;
  std::string words;           // of the name, sorted, without those that say little
  std::uint64_t letters = 0;   // which there are in the name: far cheaper to compare than the name
};

// What is in the directory, to be asked for what is like something that comes. The records must outlive it.
class KnownOrganizations {
 public:
  explicit KnownOrganizations(std::span<const Organization> all);
  // The likest first, at most three. `mark`: the record that a card says it was.
  [[nodiscard]] std::vector<Likeness> like(const Organization& one, const Id& mark = Id()) const;

 private:
  std::span<const Organization> all_;
  std::vector<Keys> keys_;
};
class KnownContacts {
 public:
  explicit KnownContacts(std::span<const Contact> all);
  // `at`: where the person works, or may work; by it a name that is the same there is sure.
  [[nodiscard]] std::vector<Likeness> like(const Contact& one, std::span<const Id> at, const Id& mark = Id()) const;

 private:
  std::span<const Contact> all_;
  std::vector<Keys> keys_;
};

struct Pair {
  Id first;   // the older record, by its id
  Id second;
  std::vector<Reason> reasons;
};
[[nodiscard]] std::vector<Pair> pairs_of(std::span<const Organization> all);
[[nodiscard]] std::vector<Pair> pairs_of(std::span<const Contact> all);

}  // namespace kedge::directory

template <>
struct kedge::Codes<kedge::directory::Reason> {
  static constexpr std::array<std::string_view, 6> names{"same_record", "same_name", "similar_name", "same_email", "same_phone", "same_website"};
};
