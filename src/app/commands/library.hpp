// app: what the commands of kedge library share.
#pragma once

#include "app/program.hpp"

namespace kedge::app {

void add_library_file_commands(Program& program, CLI::App& group);

}  // namespace kedge::app
