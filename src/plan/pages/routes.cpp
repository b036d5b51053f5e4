#include "plan/pages/routes.hpp"

#include "lineage/pages/shown.hpp"
#include "plan/pages/action.hpp"
#include "plan/pages/actions.hpp"
#include "plan/pages/asked.hpp"
#include "plan/pages/digest.hpp"
#include "plan/pages/feed.hpp"

namespace kedge::plan::pages {
namespace {

using web::Access;
constexpr web::Route kAll[] = {
    {"GET", "/actions", Access::board, list_actions},
    {"GET", "/actions/new", Access::staff, new_action},
    {"GET", "/actions/table", Access::board, table_fragment},
    {"GET", "/actions/document", Access::board, document_of_actions},
    {"GET", "/actions/feed", Access::board, show_feed},
    {"POST", "/actions/feed", Access::board, renew_feed},
    {"POST", "/actions/feed/removal", Access::board, drop_feed},
    {"GET", "/calendar/{token}", Access::anyone, read_feed, web::Privacy::anonymous},
    {"POST", "/actions/letter", Access::staff, choose_letter},
    {"GET", "/letters/off/{token}", Access::anyone, show_off},
    {"POST", "/letters/off/{token}", Access::bearer, switch_off},
    {"GET", "/asked/{token}", Access::anyone, show_asked},
    {"POST", "/asked/{token}", Access::anyone, answer_by_link},
    {"POST", "/actions", Access::staff, make_action},
    {"GET", "/actions/{id}", Access::board, show_action},
    {"POST", "/actions/{id}", Access::staff, save_action},
    {"POST", "/actions/{id}/status", Access::staff, set_status},
    {"POST", "/actions/{id}/check-ins", Access::staff, add_check_in},
    {"POST", "/actions/{id}/link", Access::staff, make_link},
    {"POST", "/actions/{id}/removal", Access::staff, remove_action},
    {"POST", "/actions/{id}/restoration", Access::staff, restore_action},
};

// "Two protected hours a month (Started)"
Result<lineage::Shown> shown(web::Context& context, store::Read& db, const lineage::Ref& ref) {
  const auto id = Id::parse(ref.id);
  if (!id) return fail(Fault::not_found, "plan.action.gone");
  TRY(const auto kept, action(db, context.scope(), *id));
  return lineage::Shown{kept.step, context.words().say("plan.kind", locale::arg("status", status_words(context.words(), kept.status))),
                        web::Url::path("/actions/{}", *id).text(), kept.workbook.text()};
}

}  // namespace

const std::span<const web::Route> kRoutes{kAll};

void wire() { lineage::pages::show_kind("action", shown); }

}  // namespace kedge::plan::pages
