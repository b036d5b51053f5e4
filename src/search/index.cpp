#include "search/index.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xapian.h>

#include "core/crypto.hpp"

namespace kedge::search {

// Documents that were put on one shelf: a database in one file that has no name and lies in memory. Never changed.
class Shelf {
 public:
  explicit Shelf(int file) : file_(file) {}
  ~Shelf() { ::close(file_); }
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  // Its own place in the file for every reader. Xapian closes it.
  [[nodiscard]] int open() const { return ::open(("/proc/self/fd/" + std::to_string(file_)).c_str(), O_RDONLY | O_CLOEXEC); }

 private:
  int file_;
};

namespace {

constexpr std::size_t kShelf = 1000;         // documents; a change makes one shelf anew
constexpr int kBlock = 2048;                 // bytes, the smallest: most libraries are small
constexpr Xapian::termpos kBeside = 100;     // between title and text: no phrase reaches over it
constexpr Xapian::termcount kOfTitle = 3;    // a word of the title counts as much
constexpr Xapian::termcount kMostBegun = 200;  // words that one beginning stands for
constexpr double kExact = 2.0;
constexpr unsigned kMostSlips = 2;           // letters by which a typed word may differ from the one meant
constexpr std::size_t kShortestSpelled = 4;

// Never what was typed or found: an error is logged.
Error failed(const std::string& what) { return Error{Fault::internal, "search.failed", what, {}, {}}; }

template <class T, class F>
Result<T> guarded(F&& work) {
  try {
    return work();
  } catch (const Xapian::Error& problem) {
    return fail(failed(problem.get_type()));
  }
}

// Where a database grows until it is one file: of this process alone, gone with the value. In memory where the system has
// such a folder.
class Bench {
 public:
  Bench() {
    std::error_code error;
    auto parent = std::filesystem::path("/dev/shm");
    if (::access(parent.c_str(), W_OK | X_OK) != 0) parent = std::filesystem::temp_directory_path(error);
    path_ = (parent / "kedge-search-XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~Bench() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// No capital begins a word, so that stems stand apart.
std::string english(const Stems& stems) { return "E" + stems.english; }
std::string spanish(const Stems& stems) { return "S" + stems.spanish; }

bool spelled(const std::string& term) {
  return term.size() >= kShortestSpelled && std::ranges::none_of(term, [](char c) { return c >= '0' && c <= '9'; });
}

class Writing {
 public:
  void add(Xapian::WritableDatabase& db, const Document& document) {
    Xapian::Document made;
    Xapian::termpos at = 0;
    for (const auto& part : {std::pair(&document.title, kOfTitle), {&document.where, Xapian::termcount{1}}, {&document.text, Xapian::termcount{1}}}) {
      for (const auto& token : tokens(*part.first)) {
        const auto& stems = stems_of_known(token.term);
        made.add_posting(token.term, ++at, part.second);
        made.add_term(english(stems), part.second);
        made.add_term(spanish(stems), part.second);
        if (spelled(token.term)) ++words_[token.term];
      }
      at += kBeside;
    }
    made.set_data(document.id);
    db.add_document(made);
  }
  void add_spellings(Xapian::WritableDatabase& db) const {
    for (const auto& [word, count] : words_) db.add_spelling(word, count);
  }

 private:
  const Stems& stems_of_known(const std::string& term) {
    const auto known = stems_.find(term);
    return known != stems_.end() ? known->second : stems_.emplace(term, stems_of(term)).first->second;
  }
  std::map<std::string, Stems> stems_;
  std::map<std::string, Xapian::termcount> words_;
};

Result<std::shared_ptr<const Shelf>> put_on_shelf(const std::vector<const Document*>& documents) {
  const Bench bench;
  if (bench.path().empty()) return fail(failed("no folder to work in"));
  const int file = ::memfd_create("kedge-search", MFD_CLOEXEC);
  if (file < 0) return fail(failed("no file in memory"));
  auto shelf = std::make_shared<const Shelf>(file);
  return guarded<std::shared_ptr<const Shelf>>([&]() -> Result<std::shared_ptr<const Shelf>> {
    Xapian::WritableDatabase db(bench.path(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS | Xapian::DB_NO_TERMLIST,
                                kBlock);
    Writing writing;
    for (const auto* one : documents) writing.add(db, *one);
    writing.add_spellings(db);
    db.commit();
    db.compact(::dup(file), Xapian::DBCOMPACT_SINGLE_FILE, kBlock);  // it closes what it is given
    return shelf;
  });
}

// Shelves that somebody holds, by the digest of what is on them.
class Shelves {
 public:
  Result<std::shared_ptr<const Shelf>> of(std::string_view name, const std::vector<const Document*>& documents) {
    std::string all(name);
    for (const auto* one : documents)
      for (const auto* part : {&one->id, &one->title, &one->where, &one->text}) all += std::to_string(part->size()) + ":" + *part;
    const auto digest = crypto::hash(all);
    {
      const std::lock_guard lock(mutex_);
      if (auto kept = held_[digest].lock()) return kept;
    }
    TRY(auto made, put_on_shelf(documents));
    const std::lock_guard lock(mutex_);
    std::erase_if(held_, [](const auto& one) { return one.second.expired(); });
    held_[digest] = made;
    return made;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const Shelf>> held_;
};

Shelves& shelves() {
  static Shelves all;
  return all;
}

Xapian::Query query_of(const std::string& word) {
  using Xapian::Query;
  const auto stems = stems_of(word);
  Query any(Query::OP_OR, Query(english(stems)), Query(spanish(stems)));
  any = Query(Query::OP_OR, any, Query(Query::OP_SCALE_WEIGHT, Query(word), kExact));
  if (word.size() < kShortestBegun) return any;
  return Query(Query::OP_OR, any, Query(Query::OP_WILDCARD, word, kMostBegun, Query::WILDCARD_LIMIT_MOST_FREQUENT, Query::OP_SYNONYM));
}

Xapian::Query query_of(const Wanted& wanted) {
  std::vector<Xapian::Query> parts;
  for (const auto& part : wanted.parts) {
    if (!part.quoted) parts.push_back(query_of(part.words.front()));
    else if (part.words.size() == 1) parts.emplace_back(part.words.front());
    else parts.emplace_back(Xapian::Query::OP_PHRASE, part.words.begin(), part.words.end(), part.words.size());
  }
  return Xapian::Query(Xapian::Query::OP_AND, parts.begin(), parts.end());
}

}  // namespace

Result<Index> Index::of(std::string_view name, const std::vector<Document>& documents) {
  Index index;
  // which shelf one stands on depends on its id alone, so that a new one moves no other
  const auto count = std::bit_ceil(std::max<std::size_t>(1, documents.size() / kShelf));
  std::vector<std::vector<const Document*>> all(count);
  for (const auto& one : documents) {
    const auto digest = count == 1 ? std::string(2, '\0') : crypto::hash(one.id);
    all[(static_cast<unsigned char>(digest[0]) * 256U + static_cast<unsigned char>(digest[1])) % count].push_back(&one);
  }
  for (const auto& some : all) {
    if (some.empty()) continue;
    TRY(auto shelf, shelves().of(name, some));
    index.shelves_.push_back(std::move(shelf));
  }
  return index;
}

// The indexes of one search as one database, and which of them a document is in.
struct Opened {
  explicit Opened(const std::vector<const Index*>& indexes) {
    for (std::size_t i = 0; i < indexes.size(); ++i)
      for (const auto& shelf : indexes[i]->shelves_) {
        db.add_database(Xapian::Database(shelf->open()));
        of.push_back(i);
      }
  }
  // Xapian deals out the numbers of documents in turn.
  [[nodiscard]] std::size_t index_of(Xapian::docid document) const { return of[(document - 1) % of.size()]; }
  [[nodiscard]] bool knows(const std::string& word) const {
    const auto stems = stems_of(word);
    return db.term_exists(word) || db.term_exists(english(stems)) || db.term_exists(spanish(stems)) ||
           (word.size() >= kShortestBegun && db.allterms_begin(word) != db.allterms_end(word));
  }

  Xapian::Database db;
  std::vector<std::size_t> of;
};

Result<std::vector<Found>> find(const std::vector<const Index*>& indexes, const Wanted& wanted, std::size_t most) {
  return guarded<std::vector<Found>>([&]() -> Result<std::vector<Found>> {
    std::vector<Found> all;
    const Opened opened(indexes);
    if (opened.of.empty() || wanted.empty()) return all;
    Xapian::Enquire enquire(opened.db);
    enquire.set_query(query_of(wanted));
    const auto matches = enquire.get_mset(0, static_cast<Xapian::doccount>(most));
    for (auto one = matches.begin(); one != matches.end(); ++one) all.push_back({opened.index_of(*one), one.get_document().get_data()});
    return all;
  });
}

Result<std::optional<Wanted>> meant(const std::vector<const Index*>& indexes, const Wanted& wanted) {
  return guarded<std::optional<Wanted>>([&]() -> Result<std::optional<Wanted>> {
    const Opened opened(indexes);
    if (opened.of.empty()) return std::optional<Wanted>();
    auto other = wanted;
    bool changed = false;
    for (auto& part : other.parts)
      for (auto& word : part.words) {
        if (!spelled(word) || opened.knows(word)) continue;
        const auto near = opened.db.get_spelling_suggestion(word, kMostSlips);
        if (near.empty()) return std::optional<Wanted>();
        word = near;
        changed = true;
      }
    return changed ? std::optional(std::move(other)) : std::nullopt;
  });
}

}  // namespace kedge::search
