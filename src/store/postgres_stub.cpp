#include "engine.hpp"
namespace kedge::store {
Result<std::unique_ptr<Database>> open_postgresql(const Settings&, const Clock&) { return fail(Fault::unavailable, "store.unavailable"); }
}
