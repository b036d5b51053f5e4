// web: what a handler has beside its request: the database on behalf of who asks, words, and the frame of a page.
// Made by the gate for one request.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "identity/identity.hpp"
#include "locale/words.hpp"
#include "mail/server.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"
#include "web/html.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"
#include "web/room.hpp"

namespace kedge::web {

class Context;
class Assets;
class Live;

// A place in the header and a knot of the thread; filled by app's wiring from what the slices offer.
struct NavItem {
  std::string label;        // in the reader's words
  Url url;
  bool current = false;
};
struct Knot {
  std::string label;        // in the reader's words
  Url url;
  std::string count;       // "3 of 6", or a number; words already said in the reader's language
  bool current = false;
};

// On every page of the example library.
struct Banner {
  struct Door {
    std::string label;  // "Rosa, director"
    Url enter;          // a POST
  };
  std::vector<Door> doors;
  Url start;            // "Start ours"
  Url erase;            // a page that asks first
};

// How a node answers; options of the command line.
struct HouseSettings {
  bool compress = true;                // dynamic pages, when the client accepts it
  double requests_per_second = 100.0;  // a client, lasting; 0 switches the limit off
  double request_burst = 1000.0;       // and at once
  std::int64_t most_streams = 2000;    // event streams of a node
  std::vector<std::string> metrics_readers = {};  // addresses that may read /metrics, beside this machine
  std::string version = {};            // of the program
};

// What the whole program shares; one value, made by app.
struct House {
  store::Database& db;
  store::Keyring& keyring;
  const Clock& clock;
  std::string public_url;        // "http://127.0.0.1:8080", no slash at the end
  std::string assets;            // folder of built assets
  mail::Server mail = {};        // who takes letters; none: links are shown and handed over
  std::function<void()> wake_jobs = [] {};
  std::function<std::vector<NavItem>(const Context&, std::string_view place)> nav = {};
  std::function<std::vector<Knot>(const Context&, std::string_view place)> thread = {};
  std::function<Banner(const Context&)> banner = {};
  // What goes with a member who leaves, in every module; and every module's tables of a library, children first, but identity's.
  std::function<Done(store::Tx&, const store::Scope&, const Id& member)> erase_member = {};
  std::vector<std::string_view> library_tables = {};
  HouseSettings settings = {};

  [[nodiscard]] bool secure() const { return public_url.starts_with("https://"); }
};

// Everything that the layout needs beside a page's own content.
struct Frame {
  std::string title;          // of the page, already in words
  std::string_view place;     // which NavItem is current: "workbook", "findings", "actions", "directory", "people", "settings"
  const Context* context = nullptr;
  std::string live_topics = {};   // topics that the page follows, separated by spaces
  bool wide = false;
  bool bare = false;              // nothing of the library that the reader may be in: for who starts one
  bool says_within = false;       // what was just done is said inside the page, where it was done
};

class Context {
 public:
  Context(House& house, const Request& request, Language language) : house_(house), request_(request), words_(locale::words(language)) {}
  // Nobody asks by a browser: pages that the command line writes.
  Context(House& house, const Request& request, Language language, identity::SignedIn who, store::Scope scope)
      : house_(house), request_(request), words_(locale::words(language)), who_(std::move(who)), scope_(std::move(scope)) {}

  [[nodiscard]] House& house() const { return house_; }
  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] const locale::Words& words() const { return words_; }
  [[nodiscard]] Language language() const { return words_.language(); }

  // Who asks; only behind Access other than `anyone` is it certain that somebody does.
  [[nodiscard]] bool signed_in() const { return who_.has_value(); }
  [[nodiscard]] const identity::SignedIn& who() const { return *who_; }
  [[nodiscard]] const store::Scope& scope() const { return scope_; }
  [[nodiscard]] const identity::Library& library() const { return who_->library; }
  [[nodiscard]] std::int64_t now_ms() const { return house_.clock.now_ms(); }
  [[nodiscard]] Date today() const { return Date::at(house_.clock.now_ms(), who_ ? who_->library.time_zone : std::string("UTC")); }
  // Whether this browser shows a screen in a room.
  [[nodiscard]] const Room& room() const { return room_; }
  // The key to private answers. Errors: forbidden "identity.locked", "web.room.private".
  [[nodiscard]] Result<crypto::Key> member_key() const;

  template <class F>
  auto read(F&& work) { return house_.db.read(scope_, std::forward<F>(work)); }
  template <class F>
  auto write(F&& work) { return house_.db.write(scope_, std::forward<F>(work)); }
  // A change by a form: runs `work` (Result<Url>(Tx&)) once for its idempotency key; the same form sent twice gets the
  // first answer. The key is the hidden field "once" that web::views::form_start writes.
  template <class F>
  Result<Url> change(F&& work) {
    const std::string once(request_.form.first("once"));
    return house_.db.write(scope_, [&](store::Tx& tx) -> Result<Url> {
      if (!once.empty()) {
        TRY(auto earlier, tx.answered(once));
        if (earlier) return Url::from_stored(*earlier);
      }
      TRY(Url where, work(tx));
      if (!once.empty()) TRY_DONE(tx.answer(once, where.text()));
      return where;
    });
  }

  // The form secret, masked anew for each page, and an idempotency key for each form of it: for hidden fields.
  [[nodiscard]] const std::string& csrf_token() const;
  [[nodiscard]] std::string once_key() const;

  // Said once on the next page after a redirect: a message key and its arguments, kept in a short-lived cookie.
  void say_next(std::string_view key, locale::TextArguments arguments = {});
  // What was said for this page, in words; empty when nothing was.
  [[nodiscard]] std::string notice() const;
  // The same with a button that takes it back: `undo` is an address that a POST goes to.
  void say_next_with_undo(std::string_view key, const Url& undo) { say_next(key, {{"undo", undo.text()}}); }
  // Empty when there is nothing to take back.
  [[nodiscard]] Url undo() const;

  // The browser's session, by the cookie of identity::FreshSession. `keep_seconds` 0: until the browser is closed.
  void start_session(std::string_view cookie, std::int64_t keep_seconds = 0);
  void end_session();
  [[nodiscard]] std::string_view session_cookie() const;
  // Any other cookie of ours ("kedge_..."): never readable by scripts, never sent across sites. `keep_seconds` below 0 removes it.
  void set_cookie(std::string_view name, std::string_view value, std::int64_t keep_seconds);
  [[nodiscard]] std::string_view cookie(std::string_view name) const;

  // The header's places and the thread, filled by a function that app wires (see House wiring).
  [[nodiscard]] std::vector<NavItem> nav(std::string_view place) const;
  [[nodiscard]] std::vector<Knot> thread(std::string_view place) const;

  [[nodiscard]] Banner banner() const;

  // An asset with its version: it may be kept for ever.
  [[nodiscard]] Url asset(std::string_view name) const;
  // The change that this page surely knows: its stream asks for what comes after (data-live-after).
  [[nodiscard]] std::int64_t live_after() const { return live_after_; }
  // Ends with the session: encrypts what a browser keeps while the network is away.
  [[nodiscard]] std::string draft_key() const;
  // This page's own address, for forms that come back to it.
  [[nodiscard]] Url here() const { return Url::from_stored(request_.method == "GET" ? request_.path : "/"); }

 private:
  friend class Gate;
  struct Cookie {
    std::string name;
    std::string value;
    std::int64_t keep_seconds = 0;
  };
  struct Said {
    std::string key;
    locale::TextArguments arguments;
  };
  House& house_;
  const Request& request_;
  const locale::Words& words_;
  const Assets* assets_ = nullptr;
  std::optional<identity::SignedIn> who_;
  store::Scope scope_;
  Room room_;
  Said notice_;
  std::optional<Said> next_notice_;
  std::vector<Cookie> cookies_;
  std::int64_t live_after_ = 0;
  mutable std::string form_secret_;      // of somebody who is not signed in
  mutable bool form_secret_fresh_ = false;
  mutable std::string csrf_token_;       // of this page
  mutable std::string once_;             // what the idempotency keys of this page begin with
  mutable std::int64_t forms_ = 0;
};

}  // namespace kedge::web
