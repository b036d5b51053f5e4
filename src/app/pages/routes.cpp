#include "app/pages/routes.hpp"

#include <array>

#include "app/pages/library_page.hpp"
#include "app/pages/member_page.hpp"
#include "app/pages/retention_page.hpp"

namespace kedge::app::pages {
namespace {

using web::Access;
using web::Route;

constexpr std::array kTable{
    Route{"GET", "/account/data", Access::member, show_own_data},
    Route{"POST", "/account/data", Access::member, take_own_data},
    Route{"GET", "/settings/export", Access::administrator, show_export},
    Route{"POST", "/settings/export", Access::administrator, make_export},
    Route{"GET", "/settings/retention", Access::lead, show_retention},
};

}  // namespace

const web::Routes kRoutes = kTable;

}  // namespace kedge::app::pages
