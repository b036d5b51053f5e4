// search: what can be found of one kind in one library, and the finding. The only module with Xapian.
// An index is made from the documents that its source reads in the database, is never the only copy, and lies in memory
// alone: no file holds its words. Knows nothing of what documents mean, nor of who may see them: whoever asks hands in the
// indexes that the reader may search, and everything that is said (hits, spelling) comes from these.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "search/words.hpp"

namespace kedge::search {

constexpr std::size_t kMostFound = 100;

// One thing that can be found.
struct Document {
  std::string id;      // by which its source knows it
  std::string title;
  std::string where;   // what it stands in: workbook and section, organization; found too, and not quoted
  std::string text;
  std::string path;    // where it opens: one of our addresses
};

class Shelf;

class Index {
 public:
  Index() = default;
  // `name` is the library's and the source's. What did not change since an earlier index of this name is taken from it.
  // Errors: internal "search.failed".
  [[nodiscard]] static Result<Index> of(std::string_view name, const std::vector<Document>& documents);

 private:
  friend struct Opened;
  std::vector<std::shared_ptr<const Shelf>> shelves_;
};

struct Found {
  std::size_t index = 0;  // which of the indexes that were searched
  std::string id;
};
// The best first, at most `most`. Errors: internal "search.failed".
[[nodiscard]] Result<std::vector<Found>> find(const std::vector<const Index*>& indexes, const Wanted& wanted, std::size_t most);

// What may have been meant where words are in none of the indexes: the same with the nearest words that are in them. Nothing
// where there are none. Errors: internal "search.failed".
[[nodiscard]] Result<std::optional<Wanted>> meant(const std::vector<const Index*>& indexes, const Wanted& wanted);

}  // namespace kedge::search
