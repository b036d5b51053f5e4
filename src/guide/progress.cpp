#include <algorithm>

#include "guide/workbook.hpp"
#include "plan/plan.hpp"

namespace kedge::guide {
namespace {

bool team_answered(const Prompt& prompt, const std::vector<Answer>& team) {
  return std::any_of(team.begin(), team.end(), [&](const Answer& answer) {
    return answer.place.prompt == prompt.id && answer.voice == Voice::team && !answer.blank();
  });
}

bool own_begun(const Prompt& prompt, const std::vector<PrivateAnswer>& own) {
  return std::any_of(own.begin(), own.end(), [&](const PrivateAnswer& answer) { return answer.place.prompt == prompt.id && !answer.values.empty(); });
}

}  // namespace

std::vector<SectionProgress> progress(const Guide& guide, const std::vector<Answer>& team, const std::vector<PrivateAnswer>& own, Steps steps) {
  std::vector<SectionProgress> all;
  for (const auto* section : guide.shown()) {
    SectionProgress here{section->id, Progress::untouched, 0, 0};
    bool begun = false;
    for (const auto& prompt : section->prompts) {
      // a sealed list counts for nobody: whether somebody marked is not told
      if (prompt.left_out() || !prompt.answerable() || prompt.kind == Kind::checklist) continue;
      begun = begun || own_begun(prompt, own);
      if (!prompt.asked(Voice::team)) continue;
      ++here.asked;
      if (prompt.kind == Kind::actions ? steps == Steps::some : team_answered(prompt, team)) ++here.answered;
    }
    if (here.asked > 0 && here.answered == here.asked) here.progress = Progress::complete;
    else if (here.answered > 0 || begun) here.progress = Progress::begun;
    all.push_back(std::move(here));
  }
  return all;
}

Result<Steps> steps_of(store::Read& db, const store::Scope& scope, const Id& workbook, const Date& today) {
  TRY(const auto actions, plan::actions(db, scope, today));
  const bool any = std::any_of(actions->begin(), actions->end(), [&](const plan::Action& action) { return action.workbook == workbook; });
  return any ? Steps::some : Steps::none;
}

}  // namespace kedge::guide
