// app: what one module gives to the whole. wiring.cpp lists them once; whatever spans modules walks that list.
#pragma once

#include <cstdint>
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

// How the rows of one table leave with a library that is taken along as a file (library_file.hpp).
enum class Goes : std::uint8_t {
  along,    // into the file, and from it into another installation
  to_read,  // into the file alone
  stays,    // what opens a door, waits for work, or only its writer can open
};
struct TableGoes {
  std::string_view table;
  Goes goes = Goes::along;
  std::vector<std::string_view> without = {};  // columns that stay, beside those of the class sealed
};

struct Slice {
  std::string_view name;
  std::span<const store::Migration> migrations = {};
  std::vector<TableGoes> tables = {};  // every table of a library that the slice makes; a test fails for one that stands nowhere
  std::vector<web::Routes> routes = {};
  std::span<search::pages::Source* const> search = {};  // what can be found of it
  std::vector<JobKind> jobs = {};
  Done (*at_start)(Hands& hands) = nullptr;  // finishes what a crash cut off
  Done (*each_second)(Hands& hands) = nullptr;
  Done (*each_minute)(Hands& hands) = nullptr;
  Done (*daily)(Hands& hands) = nullptr;     // removes what has outlived its retention, over all libraries
  Done (*sweep)(store::Tx& tx, const store::Scope& scope) = nullptr;  // daily too, in each library: the page of retention foresees it (retention.hpp)
  Done (*replay_erasures)(Hands& hands) = nullptr;  // what the keyring says was erased goes again; harmless to repeat
  Done (*after_restore)(Hands& hands) = nullptr;    // makes anew what no backup holds
  // What goes of one member who leaves, in the transaction that closes the account.
  Done (*erase_member)(store::Tx& tx, const store::Scope& scope, const Id& member) = nullptr;
};

}  // namespace kedge::app
