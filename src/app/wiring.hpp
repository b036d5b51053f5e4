// app: the one list of the slices, in layer order, and what is merged from it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "app/slice.hpp"
#include "store/schema.hpp"
#include "web/context.hpp"

namespace kedge::app {

[[nodiscard]] std::span<const Slice> slices();
[[nodiscard]] std::vector<store::Migration> migrations();  // in layer order, then number
[[nodiscard]] std::vector<web::Routes> routes();
[[nodiscard]] const store::Schema& schema();               // what all migrations make
// The tables that hold rows of one library, in the order in which they can be emptied, but for those of identity.
[[nodiscard]] std::vector<std::string_view> tables_of_a_library();
// What goes with a member who leaves, in every slice.
Done erase_member(store::Tx& tx, const store::Scope& scope, const Id& member);

// After a restore of the keyring: what was erased since the backup goes again. Harmless to repeat.
Done replay_erasures(Hands& hands);
// After a restore of the database: the same, and open lists start empty.
Done after_restore(Hands& hands);

// Fills in what pages ask the whole for: the header, the thread, how the things of each slice read.
void wire(web::House& house);

}  // namespace kedge::app
