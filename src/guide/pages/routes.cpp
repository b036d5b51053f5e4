#include "guide/pages/routes.hpp"

#include "guide/pages/answer_page.hpp"
#include "guide/pages/board_page.hpp"
#include "guide/pages/exchange_page.hpp"
#include "guide/pages/finding_page.hpp"
#include "guide/pages/guide_edit_page.hpp"
#include "guide/pages/guide_import_page.hpp"
#include "guide/pages/guide_new_page.hpp"
#include "guide/pages/guide_words_page.hpp"
#include "guide/pages/guides_page.hpp"
#include "guide/pages/list_page.hpp"
#include "guide/pages/progress_page.hpp"
#include "guide/pages/list_rounds_page.hpp"
#include "guide/pages/revisions_page.hpp"
#include "guide/pages/section_page.hpp"
#include "guide/pages/papers_page.hpp"
#include "guide/pages/sheets_page.hpp"
#include "guide/pages/whole_page.hpp"
#include "guide/pages/workbooks_page.hpp"

namespace kedge::guide {
namespace {

using web::Access;

constexpr web::Route kTable[] = {
    {"GET", "/guides", Access::lead, show_guides},
    {"POST", "/guides/copies", Access::lead, copy_guide_page},
    {"GET", "/guides/import", Access::lead, choose_guide_import},
    {"POST", "/guides/import", Access::lead, import_guide_page},
    {"GET", "/guides/{id}", Access::staff, show_guide},
    {"GET", "/guides/{id}/guide.yaml", Access::staff, guide_file},
    {"POST", "/guides/{id}/sections/{section}/hiding", Access::lead, hide_guide_section},
    {"POST", "/guides/{id}/sections/{section}/showing", Access::lead, show_guide_section},
    {"POST", "/guides/{id}/prompts/{prompt}/hiding", Access::lead, hide_guide_prompt},
    {"POST", "/guides/{id}/prompts/{prompt}/showing", Access::lead, show_guide_prompt},
    {"POST", "/guides/{id}/sections/{section}/place", Access::lead, move_guide_section},
    {"POST", "/guides/{id}/prompts/{prompt}/place", Access::lead, move_guide_prompt},
    {"POST", "/guides/{id}/prompts/{prompt}/removal", Access::lead, remove_guide_prompt},
    {"POST", "/guides/{id}/prompts/{prompt}/restoration", Access::lead, restore_guide_prompt},
    {"GET", "/guides/{id}/words", Access::lead, show_guide_words},
    {"POST", "/guides/{id}/words", Access::lead, save_guide_words},
    {"GET", "/guides/{id}/sections/{section}/words", Access::lead, show_section_words},
    {"POST", "/guides/{id}/sections/{section}/words", Access::lead, save_section_words},
    {"GET", "/guides/{id}/prompts/{prompt}/words", Access::lead, show_prompt_words},
    {"POST", "/guides/{id}/prompts/{prompt}/words", Access::lead, save_prompt_words},
    {"GET", "/guides/{id}/new-section", Access::lead, show_new_section},
    {"POST", "/guides/{id}/new-section", Access::lead, add_guide_section},
    {"GET", "/guides/{id}/sections/{section}/new-prompt", Access::lead, show_new_prompt},
    {"POST", "/guides/{id}/sections/{section}/new-prompt", Access::lead, add_guide_prompt},
    {"GET", "/progress", Access::member, show_progress},
    {"GET", "/workbooks", Access::staff, show_workbooks},
    {"POST", "/workbooks", Access::lead, open_workbook_page},
    {"GET", "/workbooks/import", Access::lead, choose_import},
    {"POST", "/workbooks/import", Access::lead, import_page},
    {"GET", "/workbooks/{id}", Access::staff, show_workbook},
    {"POST", "/workbooks/{id}/title", Access::lead, rename_workbook_page},
    {"POST", "/workbooks/{id}/removal", Access::lead, remove_workbook_page},
    {"POST", "/workbooks/{id}/restoration", Access::lead, restore_workbook_page},
    {"GET", "/workbooks/{id}/page", Access::staff, show_whole},
    {"GET", "/workbooks/{id}/document", Access::staff, show_document},
    {"GET", "/board", Access::board, list_board_pages},
    {"GET", "/workbooks/{id}/board", Access::board, show_board_page},
    {"GET", "/workbooks/{id}/board/document", Access::board, board_document},
    {"GET", "/workbooks/{id}/board/edit", Access::lead, edit_board_page},
    {"POST", "/workbooks/{id}/board", Access::lead, save_board},
    {"GET", "/workbooks/{id}/sheets", Access::staff, show_sheets},
    {"POST", "/workbooks/{id}/sheets", Access::lead, make_sheets_page},
    {"GET", "/workbooks/{id}/sheets/{sheet}/sections/{section}", Access::staff, show_sheet},
    {"GET", "/workbooks/{id}/sheets/{sheet}/prompts/{prompt}", Access::staff, show_sheet_card},
    {"POST", "/workbooks/{id}/sheets/{sheet}/prompts/{prompt}", Access::staff, save_sheet_answer},
    {"POST", "/workbooks/{id}/sheets/{sheet}/name", Access::staff, name_sheet_page},
    {"POST", "/workbooks/{id}/sheets/{sheet}/typed", Access::staff, mark_sheet_page},
    {"POST", "/workbooks/{id}/sheets/{sheet}/removal", Access::lead, remove_sheet_page},
    {"POST", "/workbooks/{id}/sheets/{sheet}/restoration", Access::lead, restore_sheet_page},
    {"GET", "/workbooks/{id}/export.json", Access::staff, export_page},
    {"GET", "/workbooks/{id}/sections/{section}", Access::staff, show_section},
    {"GET", "/workbooks/{id}/prompts/{prompt}", Access::staff, show_card},
    {"POST", "/workbooks/{id}/prompts/{prompt}/{voice}", Access::staff, save_answer},
    {"POST", "/workbooks/{id}/prompts/{prompt}/{voice}/removal", Access::staff, remove_answer_row},
    {"POST", "/workbooks/{id}/prompts/{prompt}/{voice}/restoration", Access::staff, restore_answer_row},
    {"GET", "/workbooks/{id}/prompts/{prompt}/{voice}/revisions", Access::staff, show_revisions},
    {"GET", "/workbooks/{id}/prompts/{prompt}/{voice}/finding", Access::staff, choose_finding},
    {"POST", "/workbooks/{id}/prompts/{prompt}/{voice}/finding", Access::staff, raise_finding},
    {"POST", "/workbooks/{id}/prompts/{prompt}/personal/sharing", Access::staff, share_answer},
    {"POST", "/workbooks/{id}/prompts/{prompt}/personal/taking-back", Access::staff, take_back_answer},
    {"GET", "/workbooks/{id}/prompts/{prompt}/team/pulling", Access::staff, choose_pull},
    {"POST", "/workbooks/{id}/prompts/{prompt}/team/pulling", Access::staff, pull_answers},
    {"POST", "/workbooks/{id}/prompts/{prompt}/lists", Access::lead, open_list},
    {"POST", "/workbooks/{id}/prompts/{prompt}/proposals", Access::staff, propose_practice},
    {"POST", "/workbooks/{id}/prompts/{prompt}/proposals/removal", Access::lead, withdraw_practice},
    {"GET", "/workbooks/{id}/prompts/{prompt}/talk", Access::staff, show_talk_sheet},
    {"GET", "/workbooks/{id}/prompts/{prompt}/talk/document", Access::staff, talk_document},
    {"GET", "/workbooks/{id}/prompts/{prompt}/papers", Access::lead, show_papers},
    {"POST", "/workbooks/{id}/prompts/{prompt}/papers", Access::lead, type_papers},
    {"GET", "/workbooks/{id}/prompts/{prompt}/papers/document", Access::staff, slip_document},
    {"GET", "/lists/{list}/beside/{earlier}", Access::staff, show_rounds},
    {"POST", "/lists/{list}/marks", Access::staff, save_list_marks, web::Privacy::anonymous},
    {"GET", "/workbooks/{id}/answers/{answer}/finding", Access::staff, choose_finding_of},
    {"POST", "/workbooks/{id}/answers/{answer}/finding", Access::staff, raise_finding_of},
    {"GET", "/workbooks/{id}/lists/{list}/bands/{item}/finding", Access::staff, choose_finding_of_band},
    {"POST", "/workbooks/{id}/lists/{list}/bands/{item}/finding", Access::staff, raise_finding_of_band},
    {"POST", "/workbooks/{id}/besides/{revision}/taking", Access::staff, take_late},
    {"POST", "/workbooks/{id}/besides/{revision}/joining", Access::staff, join_late},
    {"POST", "/workbooks/{id}/besides/{revision}/settling", Access::staff, leave_late},
    {"POST", "/workbooks/{id}/prompts/{prompt}/personal/besides/{number}/taking", Access::staff, take_own_late},
    {"POST", "/workbooks/{id}/prompts/{prompt}/personal/besides/{number}/joining", Access::staff, join_own_late},
    {"POST", "/workbooks/{id}/prompts/{prompt}/personal/besides/{number}/settling", Access::staff, leave_own_late},
};

}  // namespace

const std::span<const web::Route> kRoutes(kTable);

}  // namespace kedge::guide
