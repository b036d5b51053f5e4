// What the sample view shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/html.hpp"

namespace kedge::sample {

struct SamplePage {
  struct Row {
    std::string name;
    Id id;
    web::Url url;
    bool done = false;
  };
  std::string title;
  std::vector<Row> rows;
  std::string message;
  Date day;
  std::int64_t count = 0;
  web::SafeHtml rendered;
  web::Url action;
  std::string note;
};

}  // namespace kedge::sample
