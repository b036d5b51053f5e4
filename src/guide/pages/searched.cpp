// What is found of workbooks: what stands in them for all eyes of the team, the guide's own words, and the pages for the
// board that its members may read. What is written alone and not shared, and what is marked, is in none of these.
#include <algorithm>
#include <array>
#include <set>

#include "guide/board.hpp"
#include "guide/pages/request_place.hpp"
#include "guide/pages/routes.hpp"
#include "guide/pages/written.hpp"
#include "search/pages/source.hpp"

namespace kedge::guide {
namespace {

constexpr std::size_t kWhole = 100'000;  // characters: nothing of an answer is left out

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

void add(std::string& text, std::string_view more) {
  if (!more.empty()) text.append(text.empty() ? "" : "\n").append(more);
}

// The section of a prompt that the workbook shows; null where either is left out.
const Section* shown_section(const Guide& guide, const Prompt& prompt) {
  const auto* section = guide.section_of(prompt.id);
  return section == nullptr || section->hidden || prompt.left_out() ? nullptr : section;
}

// ---- answers of the team, and those that somebody shared with it, on paper too

std::optional<search::Document> document_of(const Written& written, const Answer& answer, const web::Context& context) {
  const auto& guide = written.book.definition();
  const auto* prompt = guide.prompt(answer.place.prompt);
  if (prompt == nullptr || answer.blank()) return std::nullopt;
  const auto* section = shown_section(guide, *prompt);
  if (section == nullptr) return std::nullopt;
  auto text = said_in_full(*prompt, answer.place, answer.voice, with_names(written.records, *prompt, answer.values), context, kWhole);
  if (text.empty()) return std::nullopt;
  auto where = written.book.title + ", " + in(section->title, context) + " \xC2\xB7 ";
  where += answer.voice == Voice::team ? std::string(context.words().plain("guide.kind.team"))
                                       : context.words().say("guide.kind.shared", locale::arg("name", written.writer_of(answer)));
  return search::Document{answer.id.text(), in(prompt->label, context), std::move(where), std::move(text), back_to(written.book, answer.place).text()};
}

Result<std::vector<search::Document>> all_answers(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(const auto books, workbooks(db, library));
  std::vector<search::Document> documents;
  for (const auto& book : books) {
    TRY(const auto written, written_of(db, context, book.id));
    for (const auto& one : written->answers)
      if (auto document = document_of(*written, one, context)) documents.push_back(*std::move(document));
  }
  return documents;
}

Result<search::Document> one_answer(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "guide.answer.unknown");
  TRY(const auto now, answer(db, context.scope(), *known));
  TRY(const auto written, written_of(db, context, now.place.workbook));
  // a removed row is still a row, and stands on no page
  if (std::ranges::find(written->answers, now.id, &Answer::id) == written->answers.end()) return fail(Fault::not_found, "guide.answer.unknown");
  auto document = document_of(*written, now, context);
  if (!document) return fail(Fault::not_found, "guide.answer.unknown");
  return *std::move(document);
}

// ---- the guide's words, in the newest workbook of each guide: "<workbook>/<section>" and "<workbook>//<prompt>"

std::vector<Workbook> newest_of_each(std::vector<Workbook> books) {
  std::set<std::string> seen;
  std::erase_if(books, [&](const Workbook& book) { return !seen.insert(book.definition().slug).second; });
  return books;
}

search::Document document_of(const Workbook& book, const Section& section, const web::Context& context) {
  return {book.id.text() + "/" + section.id, in(section.title, context), book.title, in(section.lede, context), section_url(book.id, section.id).text()};
}

search::Document document_of(const Workbook& book, const Section& section, const Prompt& prompt, const web::Context& context) {
  std::string text;
  for (const auto* part : {&prompt.help, &prompt.together}) add(text, in(*part, context));
  for (const auto& block : blocks(prompt.body.in(context.language()).words))
    for (const auto& line : block.lines) add(text, line);
  for (const auto& option : prompt.options) add(text, in(option.label, context));
  for (const auto& column : prompt.columns) add(text, in(column.label, context));
  for (const auto& row : prompt.rows) add(text, in(row.label, context)), add(text, in(row.help, context));
  return {book.id.text() + "//" + prompt.id, in(prompt.label, context), book.title + ", " + in(section.title, context), std::move(text),
          back_to(book, {book.id, prompt.id, ""}).text()};
}

Result<std::vector<search::Document>> all_texts(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(auto books, workbooks(db, library));
  std::vector<search::Document> documents;
  for (const auto& book : newest_of_each(std::move(books)))
    for (const auto* section : book.definition().shown()) {
      documents.push_back(document_of(book, *section, context));
      for (const auto& prompt : section->prompts)
        if (!prompt.left_out()) documents.push_back(document_of(book, *section, prompt, context));
    }
  return documents;
}

Result<search::Document> one_text(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(std::string_view(id).substr(0, id.find('/')));
  if (!known || id.size() < known->text().size() + 2) return fail(Fault::not_found, "guide.prompt.unknown");
  TRY(const auto book, workbook(db, context.scope(), *known));
  const auto rest = std::string_view(id).substr(known->text().size() + 1);
  if (rest.starts_with('/')) {
    const auto* prompt = book.definition().prompt(rest.substr(1));
    const auto* section = prompt == nullptr ? nullptr : shown_section(book.definition(), *prompt);
    if (section == nullptr) return fail(Fault::not_found, "guide.prompt.unknown");
    return document_of(book, *section, *prompt, context);
  }
  const auto* section = book.definition().section(rest);
  if (section == nullptr || section->hidden) return fail(Fault::not_found, "guide.prompt.unknown");
  return document_of(book, *section, context);
}

// ---- what a lead says to the board and asks of it, once the board may read it

std::optional<search::Document> document_of(const Workbook& book, const BoardPage& page, const web::Context& context) {
  if (!page.shown) return std::nullopt;
  std::string text = page.words;
  for (const auto& ask : page.asks) add(text, ask.decision), add(text, ask.cost), add(text, ask.answer);
  if (text.empty()) return std::nullopt;
  return search::Document{book.id.text(), book.title, std::string(context.words().plain("app.place.board")), std::move(text), web::Url::path("/workbooks/{}/board", book.id).text()};
}

Result<std::vector<search::Document>> all_board_pages(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(const auto books, workbooks(db, library));
  std::vector<search::Document> documents;
  for (const auto& book : books) {
    TRY(const auto page, board_page(db, library, book.id));
    if (auto document = document_of(book, page, context)) documents.push_back(*std::move(document));
  }
  return documents;
}

Result<search::Document> one_board_page(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "web.not_found");
  TRY(const auto book, workbook(db, context.scope(), *known));
  TRY(const auto page, board_page(db, context.scope(), book.id));
  auto document = document_of(book, page, context);
  if (!document) return fail(Fault::not_found, "web.not_found");
  return *std::move(document);
}

search::pages::Source said{"answer", "/workbooks/{id}/sections/{section}",
                           {"workbook", "guide", "answer", "answer_revision", "organization", "contact", "phone", "member", "sheet"}, all_answers, one_answer};
search::pages::Source texts{"guide", "/workbooks/{id}/sections/{section}", {"workbook", "guide"}, all_texts, one_text};
search::pages::Source board{"board", "/workbooks/{id}/board", {"workbook", "guide", "board_page"}, all_board_pages, one_board_page};
constexpr std::array<search::pages::Source*, 3> kOurs{&said, &texts, &board};

}  // namespace

const std::span<search::pages::Source* const> kSources{kOurs};

}  // namespace kedge::guide
