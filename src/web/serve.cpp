#include "web/serve.hpp"

#include "web/gate.hpp"
#include "web/live.hpp"
#include "web/own_routes.hpp"

namespace kedge::web {

Result<Router> merged(std::span<const Routes> tables) {
  std::vector<Routes> all(tables.begin(), tables.end());
  all.push_back(own_routes());
  return Router::make(all);
}

Done serve(House& house, const Router& router, const ServerSettings& settings, const std::function<void(std::uint16_t)>& ready) {
  Live live(house);
  Gate gate(house, router, &live);
  Server server(settings, Answers{[&gate](Request&& request) { return gate.answer(std::move(request)); },
                                  [&gate](const Request& request, int status) { return gate.refuse(request, status); },
                                  [&live](const LiveSeat& seat, std::shared_ptr<Stream> stream) { live.join(seat, std::move(stream)); }});
  TRY_DONE(server.listen());
  if (ready) ready(server.port());
  server.run();
  live.stop();  // its thread may hold a stream, which must not outlive the server
  return {};
}

}  // namespace kedge::web
