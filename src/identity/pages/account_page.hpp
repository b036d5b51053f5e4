// identity pages: one's own account.
#pragma once

#include <string>
#include <vector>

#include "identity/pages/parts.hpp"

namespace kedge::identity::pages {

struct AccountView {
  struct Session {
    std::string device;
    std::string days;
    bool this_one = false;
    web::Url end;
    std::string label;  // of the button
  };
  std::string roles;
  std::vector<std::string> told;  // reset links that others made
  bool leads = false;   // may go to the settings
  bool locked = false;
  bool keep_first = false;        // no password yet: that is the one thing to do
  bool has_code = false;
  bool has_second = false;
  std::vector<web::Field> profile;
  std::vector<web::Field> password;
  std::vector<Session> sessions;
};

[[nodiscard]] Result<web::Reply> show_account(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_own_profile(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> save_own_password(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> renew_own_code(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> end_own_session(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> end_own_others(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> show_leave(const web::Request& request, web::Context& context);
[[nodiscard]] Result<web::Reply> do_leave(const web::Request& request, web::Context& context);

// Closes a member in every module, then destroys the key.
Done close_everywhere(web::Context& context, const Id& member, Trace trace);

}  // namespace kedge::identity::pages
