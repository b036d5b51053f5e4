#include "web/context.hpp"

#include "core/crypto.hpp"
#include "web/assets.hpp"
#include "web/forgery.hpp"

namespace kedge::web {

Result<crypto::Key> Context::member_key() const {
  if (!who_) return fail(Fault::signed_out, "web.signed_out");
  if (room_.on) return fail(Fault::forbidden, "web.room.private");
  if (!who_->member_key) return fail(Fault::forbidden, "identity.locked");
  return *who_->member_key;
}

// One mask a page: the same token in each of its forms tells a reader of the compressed length nothing, and costs one draw.
const std::string& Context::csrf_token() const {
  if (!csrf_token_.empty()) return csrf_token_;
  if (who_) return csrf_token_ = forgery::mask(who_->csrf);
  if (form_secret_.empty()) form_secret_ = std::string(cookie("kedge_form"));
  if (form_secret_.size() < 16) {
    form_secret_ = crypto::fresh_token();
    form_secret_fresh_ = true;
  }
  return csrf_token_ = forgery::mask(form_secret_);
}

std::string Context::once_key() const {
  if (once_.empty()) once_ = crypto::fresh_token();
  return once_ + "-" + std::to_string(++forms_);
}

void Context::say_next(std::string_view key, locale::TextArguments arguments) { next_notice_ = Said{std::string(key), std::move(arguments)}; }

std::string Context::notice() const { return notice_.key.empty() ? std::string() : words_.say(locale::Message(notice_.key), notice_.arguments); }

Url Context::undo() const {
  for (const auto& [name, value] : notice_.arguments)
    if (name == "undo") return Url::from_stored(value);
  return {};
}

void Context::start_session(std::string_view cookie, std::int64_t keep_seconds) { set_cookie("kedge_session", cookie, keep_seconds); }
void Context::end_session() {
  set_cookie("kedge_session", "", -1);
  if (room_.on) set_cookie(kRoomCookie, "", -1);
}
std::string_view Context::session_cookie() const { return cookie("kedge_session"); }

void Context::set_cookie(std::string_view name, std::string_view value, std::int64_t keep_seconds) {
  cookies_.push_back({std::string(name), std::string(value), keep_seconds});
}

std::string_view Context::cookie(std::string_view name) const {
  return request_.cookie(house_.secure() ? "__Host-" + std::string(name) : std::string(name));
}

std::vector<NavItem> Context::nav(std::string_view place) const {
  return house_.nav && who_ ? house_.nav(*this, place) : std::vector<NavItem>();
}

std::vector<Knot> Context::thread(std::string_view place) const {
  return house_.thread && who_ ? house_.thread(*this, place) : std::vector<Knot>();
}

std::string Context::draft_key() const {
  return who_ ? crypto::to_base64url(crypto::hash("drafts in the browser " + who_->csrf)) : std::string();
}

Banner Context::banner() const { return house_.banner ? house_.banner(*this) : Banner(); }

Url Context::asset(std::string_view name) const {
  return assets_ != nullptr ? assets_->url(name) : Url::from_stored("/assets/" + std::string(name));
}

}  // namespace kedge::web
