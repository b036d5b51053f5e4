// app: the example library of content/example, through the same functions that people's pages call.
#pragma once

#include "app/program.hpp"

namespace kedge::app {

// Founds it in the installation that the settings name, its days counted back from today.
// Errors: conflict when there is an example already; internal "app.example.broken" with what is wrong in `detail`.
Done found_example(const Program& program);

}  // namespace kedge::app
