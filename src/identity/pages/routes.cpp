#include "identity/pages/routes.hpp"

#include <array>

#include "identity/pages/account_page.hpp"
#include "identity/pages/founding_page.hpp"
#include "identity/pages/joining_page.hpp"
#include "identity/pages/logo_page.hpp"
#include "identity/pages/people_page.hpp"
#include "identity/pages/recovery_page.hpp"
#include "identity/pages/second_page.hpp"
#include "identity/pages/settings_page.hpp"
#include "identity/pages/sign_in_page.hpp"
#include "identity/pages/welcome_page.hpp"

namespace kedge::identity::pages {
namespace {

using web::Access;
using web::Route;

constexpr std::array kTable{
    Route{"GET", "/", Access::anyone, show_welcome},
    Route{"POST", "/example/enter/{member}", Access::anyone, enter_example_as},
    Route{"GET", "/example/erase", Access::member, show_erase_example},
    Route{"POST", "/example/erase", Access::member, do_erase_example},
    Route{"GET", "/sign-in", Access::anyone, show_sign_in},
    Route{"POST", "/sign-in", Access::anyone, do_sign_in},
    Route{"POST", "/sign-in/choice", Access::anyone, choose_library_of},
    Route{"POST", "/sign-in/second", Access::anyone, do_second_step},
    Route{"GET", "/sign-out", Access::member, show_sign_out},
    Route{"POST", "/sign-out", Access::member, do_sign_out},
    Route{"GET", "/found", Access::anyone, show_founding},
    Route{"POST", "/found", Access::anyone, do_found},
    Route{"GET", "/join", Access::anyone, show_join},
    Route{"POST", "/join", Access::anyone, find_join},
    Route{"GET", "/join/{code}", Access::anyone, show_join_by},
    Route{"POST", "/join/{code}", Access::anyone, do_join_by},
    Route{"GET", "/invitation/{token}", Access::anyone, show_invitation},
    Route{"POST", "/invitation/{token}", Access::anyone, accept_invitation_by},
    Route{"GET", "/reset/{token}", Access::anyone, show_reset},
    Route{"POST", "/reset/{token}", Access::anyone, do_reset},
    Route{"GET", "/recover", Access::anyone, show_recover},
    Route{"POST", "/recover", Access::anyone, do_recover},
    Route{"GET", "/recover/letter", Access::anyone, show_ask_letter},
    Route{"POST", "/recover/letter", Access::anyone, do_ask_letter},
    Route{"GET", "/account", Access::member, show_account},
    Route{"POST", "/account/profile", Access::member, save_own_profile},
    Route{"POST", "/account/password", Access::member, save_own_password},
    Route{"POST", "/account/recovery-code", Access::member, renew_own_code},
    Route{"GET", "/account/second", Access::member, show_second},
    Route{"POST", "/account/second", Access::member, begin_second},
    Route{"POST", "/account/second/confirmation", Access::member, confirm_own_second},
    Route{"POST", "/account/second/removal", Access::member, end_own_second},
    Route{"POST", "/account/sessions/{id}/end", Access::member, end_own_session},
    Route{"POST", "/account/sessions/end-others", Access::member, end_own_others},
    Route{"GET", "/account/leave", Access::member, show_leave},
    Route{"POST", "/account/leave", Access::member, do_leave},
    Route{"GET", "/people", Access::board, show_people},
    Route{"POST", "/people/join-code", Access::lead, show_join_code},
    Route{"POST", "/people/invitations", Access::lead, invite_by_link},
    Route{"POST", "/people/invitations/{id}/withdraw", Access::lead, withdraw},
    Route{"GET", "/people/{id}", Access::lead, show_person},
    Route{"POST", "/people/{id}/roles", Access::lead, save_roles},
    Route{"POST", "/people/{id}/reset-link", Access::administrator, make_reset},
    Route{"GET", "/people/{id}/close", Access::lead, show_close},
    Route{"POST", "/people/{id}/close", Access::lead, do_close},
    Route{"GET", "/people/{id}/name", Access::lead, show_forget},
    Route{"POST", "/people/{id}/name", Access::lead, do_forget},
    Route{"GET", "/settings", Access::lead, show_settings},
    Route{"POST", "/settings", Access::lead, save_settings},
    Route{"POST", "/settings/branches", Access::lead, restore_branches},
    Route{"GET", "/settings/logo", Access::lead, show_logo},
    Route{"POST", "/settings/logo", Access::lead, save_logo},
    Route{"POST", "/settings/logo/removal", Access::lead, remove_logo_page},
    Route{"POST", "/settings/logo/{id}/restoration", Access::lead, restore_logo_page},
    Route{"GET", "/logo/{id}", Access::member, logo_file},
};

}  // namespace

const web::Routes kRoutes = kTable;

}  // namespace kedge::identity::pages
