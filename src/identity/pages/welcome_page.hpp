// identity pages: the first page, the example's doors, and the choice among several libraries.
#pragma once

#include <string>
#include <vector>

#include "identity/example.hpp"
#include "identity/pages/parts.hpp"

namespace kedge::identity::pages {

struct Welcome {
  std::string example;  // the example library's name
  std::vector<web::Banner::Door> doors;
};
struct LibraryChoices {
  struct Choice {
    std::string library;
    std::string cookie;
  };
  std::vector<Choice> choices;
  std::string next;
};

[[nodiscard]] web::Reply choose_reply(const web::Context& context, const LibraryChoices& choices);

[[nodiscard]] Result<web::Reply> show_welcome(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> enter_example_as(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_erase_example(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_erase_example(const web::Request& request, web::Context& context);

}  // namespace kedge::identity::pages
