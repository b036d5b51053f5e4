// core: one line an event to standard error. Never content, never an address of a person, never a raw path.
#pragma once

#include <string_view>

#include <spdlog/spdlog.h>

namespace kedge::log {

// level: trace, debug, info, warn, error, off.
void start(std::string_view level);

}  // namespace kedge::log
