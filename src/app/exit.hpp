// app: how a command ends. The codes are documented in docs/commands.md and never change.
#pragma once

#include "core/result.hpp"

namespace kedge::app {

enum class Exit : int {
  ok = 0,
  failed = 1,       // it was tried and did not work, or something was found wrong
  usage = 2,        // the command line or the settings can't be understood
  not_found = 3,    // no such library, member, guide or file
  refused = 4,      // the state does not allow it: already there, changed meanwhile, data of a newer version
  unavailable = 5,  // the database or the port can't be had now; trying again may help
};

[[nodiscard]] constexpr Exit exit_of(Fault fault) {
  switch (fault) {
    case Fault::not_found: return Exit::not_found;
    case Fault::forbidden:
    case Fault::conflict:
    case Fault::newer_version: return Exit::refused;
    case Fault::too_many:
    case Fault::busy:
    case Fault::timeout:
    case Fault::unavailable: return Exit::unavailable;
    case Fault::invalid:
    case Fault::signed_out:
    case Fault::too_large:
    case Fault::internal: return Exit::failed;
  }
  return Exit::failed;
}

}  // namespace kedge::app
