// directory pages: contacts from a file. First what is in it and what would become of it, and nothing is stored; then, by the
// form of that page, all of it or nothing. What is in the file travels in the form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "directory/bringing.hpp"
#include "directory/contact_csv.hpp"
#include "web/fields.hpp"

namespace kedge::directory::pages {

struct BringView {
  web::Form form;
  web::Field text;
  web::Field elsewhere;  // the organization of people whose line names none
};

// Which column is what.
struct ColumnsView {
  struct One {
    web::Field field;
    std::string example;  // of what stands in it
  };
  web::Form form;
  std::string text;
  std::string elsewhere;
  std::vector<One> columns;
};

// One field, here and in the file.
struct SideBySide {
  std::string label;
  std::string here;
  std::string there;
  std::string take;    // value of the box that takes the file's words; empty: there is nothing to choose
  bool taken = false;
};
struct LikeView {
  std::string value;   // of the choice: the record and its version
  std::string name;
  std::string reasons;
  std::vector<SideBySide> fields;
  bool chosen = false;
};
struct ArrivalView {
  int row = 0;
  std::string key;
  std::string name;
  std::string facts;      // what its line says of it, in one sentence
  bool organization = false;
  bool left = false;      // of what is new: not wanted
  std::string leave;      // what leaving it out means, in words: what is surely there stays as it is
  std::vector<std::string> wrong;
  std::vector<LikeView> likes;
  bool adds = false;      // which choice is made beside those of `likes`
  bool leaves = false;
  bool undecided = false;
};
struct LookView {
  web::Form form;
  std::string lines;      // as they travel
  web::Field elsewhere;
  bool asks_elsewhere = false;
  bool old_letters = false;
  std::string left_aside;
  std::vector<ArrivalView> wrong;
  std::vector<ArrivalView> asked;
  std::vector<ArrivalView> fresh;
  std::vector<ArrivalView> known;
  [[nodiscard]] bool takes() const { return !asked.empty() || !fresh.empty(); }
};

// What the form of the preview says.
[[nodiscard]] Decisions decisions_of(const web::Request& request, const Arrivals& all);
// `notes`: what was read beside the lines; null when they came by the form.
struct Notes {
  bool old_letters = false;
  std::vector<std::string> left_aside;
};
[[nodiscard]] Result<LookView> look_view(store::Read& db, const web::Context& context, const std::vector<Line>& lines, const Notes& notes, const Error* error);

Result<web::Reply> choose_contacts(const web::Request& request, web::Context& context);  // GET  /directory/bring
Result<web::Reply> look_at_contacts(const web::Request& request, web::Context& context); // POST /directory/bring
Result<web::Reply> bring_contacts(const web::Request& request, web::Context& context);   // POST /directory/bring/lines

}  // namespace kedge::directory::pages
