// directory pages: records that may be the same, side by side, made one or told apart by a person.
#pragma once

#include <string>
#include <vector>

#include "directory/merging.hpp"
#include "web/fields.hpp"

namespace kedge::directory::pages {

struct DoublesView {
  struct One {
    web::Url url;
    std::string first;
    std::string second;
    std::string reasons;
  };
  struct Gone {
    std::string name;
    std::string into;
    web::Url url;         // of what it was merged into
    web::Url separation;
  };
  std::vector<One> organizations;
  std::vector<One> contacts;
  std::vector<Gone> merged;
  web::Url fragment;
};

struct MergeView {
  struct Row {
    std::string label;
    std::string first;
    std::string second;
    std::string name;        // of the choice between them; empty: there is nothing to choose
    bool second_chosen = false;
  };
  web::Form form;
  std::string first;
  std::string second;
  web::Url first_url;
  web::Url second_url;
  std::string reasons;
  std::vector<Row> rows;
  std::int64_t first_version = 0;
  std::int64_t second_version = 0;
  bool organizations = false;
  web::Url action;
  web::Url apart;
};

Result<web::Reply> show_doubles(const web::Request& request, web::Context& context);   // GET  /directory/duplicates
Result<web::Reply> show_pair(const web::Request& request, web::Context& context);      // GET  /directory/duplicates/{first}/{second}
Result<web::Reply> merge_pair(const web::Request& request, web::Context& context);     // POST /directory/duplicates/{first}/{second}
Result<web::Reply> tell_pair_apart(const web::Request& request, web::Context& context); // POST /directory/duplicates/{first}/{second}/apart
Result<web::Reply> separate(const web::Request& request, web::Context& context);       // POST /directory/merged/{id}/separation

}  // namespace kedge::directory::pages
