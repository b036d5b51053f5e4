// documents: the docx whose styles pandoc takes, made by the build of the folder reference/.
#pragma once

#include <string_view>

#include "documents/documents.hpp"

namespace kedge::documents {

[[nodiscard]] std::string_view reference(Print print);

}  // namespace kedge::documents
