#include "identity/logo.hpp"

#include "core/text.hpp"
#include "identity/image.hpp"
#include "identity/rules.hpp"

namespace kedge::identity {
namespace {

Result<std::string> checked_alternative(std::string_view typed) {
  auto clean = text::clean_line(typed);
  if (text::length(clean) > kLogoAlternativeLength) return fail_field("alternative", "identity.logo.alternative_long");
  return clean;
}

Result<Image> checked_image(std::string_view file) {
  if (file.empty()) return fail_field("file", "identity.logo.none");
  if (static_cast<std::int64_t>(file.size()) > kLargestLogo) return fail_field("file", "identity.logo.too_large");
  auto image = read_image(file);
  if (!image) return fail_field("file", image.error().key);
  if (image->width > kWidestLogo || image->height > kWidestLogo) return fail_field("file", "identity.logo.too_wide");
  return image;
}

Done require_lead(const store::Scope& scope) { return leads(scope) ? Done{} : fail(Fault::forbidden, "identity.roles.not_yours"); }

Done tell(store::Tx& tx, const store::Scope& scope) {
  TRY_DONE(tx.record("library", scope.library, {"logo"}));
  return tx.touch("library");
}

}  // namespace

Result<LogoFile> logo(store::Read& db, const store::Scope& scope, const Id& id) {
  TRY(auto row, tables::logo_file(db, scope.library, id));
  switch (row.kind) {
    case ImageKind::png: return LogoFile{"image/png", std::move(row.image.raw)};
    case ImageKind::jpeg: return LogoFile{"image/jpeg", std::move(row.image.raw)};
  }
  return fail(Fault::internal, "store.broken_row");
}

Result<Id> set_logo(store::Tx& tx, const store::Scope& scope, std::string_view file, std::string_view alternative) {
  TRY_DONE(require_lead(scope));
  auto image = checked_image(file);
  auto words = checked_alternative(alternative);
  if (!image && !words) {
    auto both = image.error();
    both.fields.insert(both.fields.end(), words.error().fields.begin(), words.error().fields.end());
    return fail(std::move(both));
  }
  if (!image) return fail(image.error());
  if (!words) return fail(words.error());
  TRY(const auto now, library(tx, scope));
  TRY_DONE(tables::remove_logo(tx, scope.library));
  TRY_DONE(tables::add_logo(tx, scope.library, {tx.fresh_id(), image->kind, image->width, image->height, *words, store::Bytes{std::move(image->bytes)}}));
  TRY_DONE(tell(tx, scope));
  return now.logo;
}

Done describe_logo(store::Tx& tx, const store::Scope& scope, std::string_view alternative) {
  TRY_DONE(require_lead(scope));
  TRY(const auto words, checked_alternative(alternative));
  TRY(const auto now, library(tx, scope));
  if (now.logo.empty()) return fail(Fault::not_found, "identity.logo.gone");
  TRY_DONE(tables::describe_logo(tx, scope.library, words));
  return tell(tx, scope);
}

Result<Id> remove_logo(store::Tx& tx, const store::Scope& scope) {
  TRY_DONE(require_lead(scope));
  TRY(const auto now, library(tx, scope));
  if (now.logo.empty()) return fail(Fault::not_found, "identity.logo.gone");
  TRY_DONE(tables::remove_logo(tx, scope.library));
  TRY_DONE(tell(tx, scope));
  return now.logo;
}

Done restore_logo(store::Tx& tx, const store::Scope& scope, const Id& id) {
  TRY_DONE(require_lead(scope));
  TRY(const auto there, tables::has_logo(tx, scope.library, id));
  if (!there) return fail(Fault::not_found, "identity.logo.gone");
  TRY_DONE(tables::remove_logo(tx, scope.library));
  TRY_DONE(tables::restore_logo(tx, scope.library, id));
  return tell(tx, scope);
}

Done sweep(store::Tx& tx, const store::Scope& scope) {
  constexpr std::int64_t kUndoMs = 30LL * 24 * 3600 * 1000;
  TRY(const auto swept, tables::sweep_logos(tx, scope.library, tx.now_ms() - kUndoMs));
  return swept > 0 ? tx.touch("library") : Done{};
}

}  // namespace kedge::identity
