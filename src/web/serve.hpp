// web: the whole of it: routes merged, gate, streams and server, in an order that also ends well.
#pragma once

#include <functional>
#include <span>

#include "web/context.hpp"
#include "web/router.hpp"
#include "web/server.hpp"

namespace kedge::web {

extern const std::span<const store::Migration> kMigrations;

// The slices' routes and ours. Errors: internal "web.routes".
[[nodiscard]] Result<Router> merged(std::span<const Routes> tables);

// Serves until SIGTERM or SIGINT. `ready` is called once, with the port, when requests are taken.
// Errors: internal "web.routes"; unavailable "web.port".
Done serve(House& house, const Router& router, const ServerSettings& settings, const std::function<void(std::uint16_t port)>& ready = {});

}  // namespace kedge::web
