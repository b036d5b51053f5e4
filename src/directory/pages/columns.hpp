// directory pages: columns and fields of records in words, and words back to codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/contact_csv.hpp"
#include "directory/record_fields.hpp"
#include "locale/words.hpp"

namespace kedge::directory::pages {

// Of kOwnColumns, for the first line of a table.
[[nodiscard]] std::vector<std::string> column_words(const locale::Words& words);
[[nodiscard]] std::string column_word(const locale::Words& words, Column column);
// The code of a kind in the words of any language, or as the code itself; empty: unknown.
[[nodiscard]] std::string kind_of_words(std::string_view said);
// The label of a field of kOrganizationFields or kContactFields, and its value for people.
[[nodiscard]] std::string field_label(const locale::Words& words, const Organization& of, std::string_view code);
[[nodiscard]] std::string field_label(const locale::Words& words, const Contact& of, std::string_view code);
[[nodiscard]] std::string field_words(const locale::Words& words, std::string_view code, const std::string& value);
// "same e-mail address, similar name"
[[nodiscard]] std::string reasons_words(const locale::Words& words, const std::vector<Reason>& reasons);

}  // namespace kedge::directory::pages
