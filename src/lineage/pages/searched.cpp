// What is found of findings: the sentence and its theme. What a finding rests on is found where it stands, by who may open that.
#include <algorithm>
#include <array>

#include "lineage/lineage.hpp"
#include "lineage/pages/routes.hpp"
#include "search/pages/source.hpp"

namespace kedge::lineage::pages {
namespace {

search::Document document_of(const Finding& finding, const std::vector<Theme>& names, const web::Context& context) {
  const auto theme = std::ranges::find(names, finding.theme, &Theme::code);
  auto where = theme == names.end() ? std::string() : theme->label + ", ";
  where += context.words().plain("lineage.state." + std::string(code_of(finding.state)));
  return {finding.id.text(), finding.statement, std::move(where), {}, web::Url::path("/findings/{}", finding.id).text()};
}

Result<std::vector<search::Document>> all_findings(store::Read& db, const store::Scope& library, const web::Context& context) {
  TRY(const auto names, themes(db, library, context.language()));
  TRY(const auto all, findings(db, library));
  std::vector<search::Document> documents;
  for (const auto& one : *all) documents.push_back(document_of(one, names, context));
  return documents;
}

Result<search::Document> one_finding(store::Read& db, const web::Context& context, const std::string& id) {
  const auto known = Id::parse(id);
  if (!known) return fail(Fault::not_found, "lineage.gone");
  TRY(const auto one, finding(db, context.scope(), *known));
  TRY(const auto names, themes(db, context.scope(), context.language()));
  return document_of(one, names, context);
}

search::pages::Source sentences{"finding", "/findings/{id}", {"finding", "theme_word", "theme_hidden"}, all_findings, one_finding};
constexpr std::array<search::pages::Source*, 1> kOurs{&sentences};

}  // namespace

const std::span<search::pages::Source* const> kSources{kOurs};

}  // namespace kedge::lineage::pages
