#include "guide/pages/progress_page.hpp"

#include <algorithm>

#include "guide/pages/views/progress.hpp"

namespace kedge::guide {
namespace {

std::string in(const Text& text, const web::Context& context) { return std::string(text.in(context.language()).words); }

Result<ProgressView> progress_view(store::Read& db, const web::Context& context) {
  ProgressView view;
  view.library = context.library().name;
  TRY(const auto all, workbooks(db, context.scope()));
  for (const auto& book : all) {
    TRY(const auto written, answers(db, context.scope(), book.id));
    TRY(const auto in_table, steps_of(db, context.scope(), book.id, context.today()));
    const auto steps = progress(book.definition(), written, {}, in_table);
    const auto shown = book.definition().shown();
    const auto begun = std::count_if(steps.begin(), steps.end(), [](const auto& step) { return step.progress != Progress::untouched; });
    ProgressBook one{in(book.definition().title, context), context.words().date(Date::at(book.opened_ms, context.library().time_zone)),
                     context.words().say("guide.sections_begun", locale::arg("begun", begun), locale::arg("all", steps.size())), {}};
    for (std::size_t i = 0; i < shown.size(); ++i) {
      ProgressLine line{in(shown[i]->title, context), steps[i].progress, {}};
      if (steps[i].asked > 0)
        line.said = context.words().say("guide.answered_together", locale::arg("answered", steps[i].answered), locale::arg("asked", steps[i].asked));
      one.sections.push_back(std::move(line));
    }
    view.books.push_back(std::move(one));
  }
  return view;
}

}  // namespace

// GET /progress: what a trainer sees
Result<web::Reply> show_progress(const web::Request&, web::Context& context) {
  TRY(const auto view, context.read([&](store::Read& db) { return progress_view(db, context); }));
  const web::Frame frame{std::string(context.words().plain("guide.progress.title")), "progress", &context};
  return web::Reply::html(web::render(context.words(), views::progress, view, frame));
}

}  // namespace kedge::guide
