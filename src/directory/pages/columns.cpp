#include "directory/pages/columns.hpp"

#include "core/language.hpp"
#include "core/text.hpp"
#include "directory/pages/directory_page.hpp"

namespace kedge::directory::pages {

std::string column_word(const locale::Words& words, Column column) { return std::string(words.plain("directory.column." + std::string(code_of(column)))); }

std::vector<std::string> column_words(const locale::Words& words) {
  std::vector<std::string> all;
  for (const auto column : kOwnColumns) all.push_back(column_word(words, column));
  return all;
}

std::string kind_of_words(std::string_view said) {
  const auto wanted = text::fold(text::clean_line(said));
  for (const auto kind : kOrganizationKinds) {
    if (wanted == kind) return std::string(kind);
    for (const auto language : kLanguages)
      if (wanted == text::fold(kind_words(locale::words(language), std::string(kind)))) return std::string(kind);
  }
  return {};
}

std::string field_label(const locale::Words& words, const Organization&, std::string_view code) {
  if (code == "name") return column_word(words, Column::organization);
  if (code == "email") return column_word(words, Column::organization_email);
  const auto column = from_code<Column>(code);
  return column ? column_word(words, *column) : std::string();
}

std::string field_label(const locale::Words& words, const Contact&, std::string_view code) {
  const auto column = from_code<Column>(code);
  return column ? column_word(words, *column) : std::string();
}

std::string field_words(const locale::Words& words, std::string_view code, const std::string& value) { return code == "kind" ? kind_words(words, value) : value; }

std::string reasons_words(const locale::Words& words, const std::vector<Reason>& reasons) {
  std::vector<std::string> all;
  for (const auto reason : reasons) all.emplace_back(words.plain("directory.reason." + std::string(code_of(reason))));
  return words.list(all);
}

}  // namespace kedge::directory::pages
