#include "lineage/pages/routes.hpp"

#include "lineage/pages/finding.hpp"
#include "lineage/pages/findings.hpp"
#include "lineage/pages/raising.hpp"
#include "lineage/pages/themes_page.hpp"

namespace kedge::lineage::pages {
namespace {

using web::Access;
constexpr web::Route kAll[] = {
    {"GET", "/findings", Access::board, list_findings},
    {"GET", "/findings/new", Access::staff, new_finding},
    {"POST", "/findings", Access::staff, raise_finding},
    {"GET", "/findings/{id}", Access::board, show_finding_page},
    {"POST", "/findings/{id}", Access::staff, revise_finding},
    {"POST", "/findings/{id}/acceptance", Access::staff, accept_finding},
    {"POST", "/findings/{id}/dismissal", Access::staff, dismiss_finding},
    {"POST", "/findings/{id}/reopening", Access::staff, reopen_finding},
    {"POST", "/findings/{id}/evidence/{evidence}/removal", Access::staff, remove_evidence},
    {"POST", "/findings/{id}/evidence/{evidence}/restoration", Access::staff, restore_evidence},
    {"GET", "/themes", Access::lead, list_themes},
    {"GET", "/themes/{code}", Access::lead, show_theme},
    {"POST", "/themes/{code}", Access::lead, save_theme},
    {"POST", "/themes/{code}/shipped", Access::lead, bring_label_back},
    {"POST", "/themes/{code}/hiding", Access::lead, hide_theme},
    {"POST", "/themes/{code}/offering", Access::lead, offer_theme_again},
};

}  // namespace

const std::span<const web::Route> kRoutes{kAll};

}  // namespace kedge::lineage::pages
