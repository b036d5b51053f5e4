// app: what one module gives to the whole. wiring.cpp lists them once; whatever spans modules walks that list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/server.hpp"
#include "search/pages/source.hpp"
#include "store/database.hpp"
#include "store/keyring.hpp"
#include "web/route.hpp"

namespace kedge::app {

// What a job or daily work may use.
struct Hands {
  store::Database& db;
  store::Keyring& keyring;
  const Clock& clock;
  mail::Server mail = {};
  std::string public_url = {};  // "https://..." for the links of letters
};

struct JobKind {
  std::string_view kind;
  Done (*run)(Hands& hands, const store::Job& job);  // repeatable: a job may run twice
};

struct Slice {
  std::string_view name;
  std::span<const store::Migration> migrations = {};
  std::vector<web::Routes> routes = {};
  std::span<search::pages::Source* const> search = {};  // what can be found of it
  std::vector<JobKind> jobs = {};
  Done (*at_start)(Hands& hands) = nullptr;  // finishes what a crash cut off
  Done (*each_second)(Hands& hands) = nullptr;
  Done (*each_minute)(Hands& hands) = nullptr;
  Done (*daily)(Hands& hands) = nullptr;     // removes what has outlived its retention
  Done (*replay_erasures)(Hands& hands) = nullptr;  // what the keyring says was erased goes again; harmless to repeat
  Done (*after_restore)(Hands& hands) = nullptr;    // makes anew what no backup holds
  // What goes of one member who leaves, in the transaction that closes the account.
  Done (*erase_member)(store::Tx& tx, const store::Scope& scope, const Id& member) = nullptr;
};

}  // namespace kedge::app
