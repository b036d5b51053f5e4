// guide pages: one section of a workbook, whole or card by card.
#pragma once

#include "guide/pages/card.hpp"
#include "web/reply.hpp"
#include "web/request.hpp"

namespace kedge::guide {

[[nodiscard]] Result<SectionView> section_view(store::Read& db, web::Context& context, const Id& workbook, std::string_view section);
[[nodiscard]] web::Reply section_reply(web::Context& context, const SectionView& view, int status);
Result<web::Reply> show_section(const web::Request& request, web::Context& context);
Result<web::Reply> show_card(const web::Request& request, web::Context& context);

}  // namespace kedge::guide
