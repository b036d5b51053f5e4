// web: built assets, read into memory once, with what the build compressed beforehand (x.css.br, x.css.gz).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "web/html.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::web {

class Assets {
 public:
  // Everything under the folder; a folder that is not there is empty.
  explicit Assets(const std::string& folder);
  // "/assets/site.css?v=0a1b2c3d": changes with the content.
  [[nodiscard]] Url url(std::string_view name) const;
  // `name` is the path below /assets/. 404 without a body when there is none.
  [[nodiscard]] Reply answer(const Request& request, std::string_view name) const;

 private:
  struct File {
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> brotli;
    std::shared_ptr<const std::string> gzip;
    std::string type;
    std::string version;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace kedge::web
