#include "search/pages/search_page.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "search/pages/source.hpp"
#include "search/pages/views/search.hpp"

namespace kedge::search::pages {
namespace {

constexpr std::size_t kPadded = 64;    // bytes: the length of an address tells little of the words
constexpr std::size_t kExcerpt = 220;  // bytes
constexpr std::size_t kOfOneMore = 10;   // hits of a kind that others crowd out
constexpr std::string_view kBound = "words of a search";

crypto::Key key_of(const web::Context& context) {
  return crypto::Key::from_bytes(crypto::hash("words of a search " + context.who().csrf)).value_or(crypto::Key());
}

// What a reader may search: whose pages they may open, and nothing else. All that is said comes from these.
std::vector<Searched> open_to(const web::Context& context) {
  std::vector<Searched> all;
  for (const auto& one : searched())
    if (context.scope().roles.any(one.readers)) all.push_back(one);
  return all;
}

struct Opened {
  std::size_t source = 0;
  Document document;
};

// Each hit is read anew by who asks: whatever an index says, what is gone or not theirs is not shown, not counted, not quoted.
Result<std::vector<Opened>> look_up(store::Read& db, const web::Context& context, const std::vector<Searched>& sources, const std::vector<const Index*>& indexes,
                                    const Wanted& wanted) {
  std::vector<Opened> all;
  TRY(auto found, find(indexes, wanted, kMostFound));
  // many of one kind leave no other kind without a hit
  for (std::size_t at = 0; found.size() >= kMostFound && at < indexes.size(); ++at) {
    if (std::ranges::find(found, at, &Found::index) != found.end()) continue;
    TRY(const auto more, find({indexes[at]}, wanted, kOfOneMore));
    for (const auto& one : more) found.push_back({at, one.id});
  }
  for (const auto& one : found) {
    auto document = sources[one.index].source->open(db, context, one.id);
    if (document) all.push_back({one.index, *std::move(document)});
    else if (document.error().fault != Fault::not_found && document.error().fault != Fault::forbidden) return fail(std::move(document).error());
  }
  return all;
}

// Words as they stand in what they lead to, with their accents; nothing where they lead to nothing.
std::string as_written(const Wanted& meant, const std::vector<Opened>& found) {
  if (found.empty()) return {};
  std::map<std::string, std::string> written;
  for (const auto& one : found)
    for (const auto* text : {&one.document.title, &one.document.where, &one.document.text})
      for (const auto& token : tokens(*text)) written.emplace(token.term, text->substr(token.begin, token.size));
  std::string all;
  for (const auto& part : meant.parts) {
    std::string words;
    for (const auto& word : part.words) {
      const auto known = written.find(word);
      words += (words.empty() ? "" : " ") + (known == written.end() ? word : known->second);
    }
    if (part.quoted) words.insert(0, 1, '"').append(1, '"');
    all += (all.empty() ? "" : " ") + words;
  }
  return all;
}

class Search {
 public:
  Search(web::Context& context, std::string words, std::string kind, std::size_t number)
      : context_(context), kind_(std::move(kind)), number_(number) {
    page_.typed = std::move(words);
    if (!page_.typed.empty()) sealed_ = sealed_words(context, page_.typed);
    page_.private_too = context.scope().roles.any({Role::administrator, Role::lead, Role::staff, Role::intern});
  }

  Result<SearchPage> run(store::Read& db) {
    page_.hits.clear();
    const auto wanted = search::wanted(page_.typed);
    if (wanted.empty()) return page_;
    const auto sources = open_to(context_);
    std::vector<store::Shared<Index>> held;
    std::vector<const Index*> indexes;
    for (const auto& one : sources) {
      TRY(auto index, one.source->index(db, context_));
      indexes.push_back(index.get());
      held.push_back(std::move(index));
    }
    TRY(const auto found, look_up(db, context_, sources, indexes, wanted));
    page_.more = found.size() >= kMostFound;
    if (found.empty()) {
      TRY(const auto other, meant(indexes, wanted));
      if (!other) return page_;
      TRY(const auto led_to, look_up(db, context_, sources, indexes, *other));
      page_.meant = as_written(*other, led_to);
      if (!page_.meant.empty()) page_.meant_url = web::Url::path("/search").with("for", sealed_words(context_, page_.meant));
      return page_;
    }
    show(found, sources, wanted);
    return page_;
  }

 private:
  web::Url url(std::string_view kind, std::size_t number) const {
    auto url = web::Url::path("/search").with("for", sealed_);
    if (!kind.empty()) url = url.with("kind", kind);
    return number > 1 ? url.with("page", number) : url;
  }
  std::string label(std::string_view kind) const { return std::string(context_.words().plain("search.kind." + std::string(kind))); }

  void show(const std::vector<Opened>& found, const std::vector<Searched>& sources, const Wanted& wanted) {
    std::vector<std::string_view> kinds;  // in the order of the slices
    std::map<std::string_view, std::int64_t> counts;
    for (const auto& one : found) ++counts[sources[one.source].source->kind()];
    for (const auto& one : sources)
      if (counts.contains(one.source->kind()) && std::ranges::find(kinds, one.source->kind()) == kinds.end()) kinds.push_back(one.source->kind());
    if (std::ranges::find(kinds, kind_) == kinds.end()) kind_.clear();
    page_.kinds.push_back({std::string(context_.words().plain("search.kind.all")), static_cast<std::int64_t>(found.size()), url("", 1), kind_.empty()});
    for (const auto kind : kinds) page_.kinds.push_back({label(kind), counts[kind], url(kind, 1), kind == kind_});
    std::vector<const Opened*> shown;
    for (const auto& one : found)
      if (kind_.empty() || sources[one.source].source->kind() == kind_) shown.push_back(&one);
    page_.count = static_cast<std::int64_t>(shown.size());
    const auto pages = (shown.size() + kOnePage - 1) / kOnePage;
    const auto number = std::clamp<std::size_t>(number_, 1, pages);
    page_.first = static_cast<std::int64_t>((number - 1) * kOnePage + 1);
    for (std::size_t i = (number - 1) * kOnePage; i < std::min(number * kOnePage, shown.size()); ++i) {
      const auto& document = shown[i]->document;
      page_.hits.push_back({label(sources[shown[i]->source].source->kind()), excerpt(document.title, wanted, kExcerpt), marked(document.where, wanted),
                            excerpt(document.text, wanted, kExcerpt), web::Url::from_stored(document.path)});
    }
    if (number > 1) page_.previous = url(kind_, number - 1);
    if (number < pages) page_.next = url(kind_, number + 1);
  }

  web::Context& context_;
  std::string kind_;
  std::size_t number_;
  std::string sealed_;
  SearchPage page_;
};

std::string typed_words(const web::Request& request) { return text::shorten(request.line("words"), kMostTyped); }

}  // namespace

std::string sealed_words(const web::Context& context, std::string_view words) {
  std::string padded(words);
  padded.append(kPadded - padded.size() % kPadded, '\n');
  return crypto::to_base64url(crypto::seal(key_of(context), padded, kBound));
}

std::optional<std::string> opened_words(const web::Context& context, std::string_view sealed) {
  const auto bytes = crypto::from_base64url(sealed);
  if (!bytes) return std::nullopt;
  const auto padded = crypto::open(key_of(context), *bytes, kBound);
  if (!padded) return std::nullopt;
  return std::string(text::trim(*padded));
}

// GET /search
Result<web::Reply> show_search(const web::Request& request, web::Context& context) {
  const auto sealed = request.query.first("for");
  const auto words = sealed.empty() ? std::optional<std::string>("") : opened_words(context, sealed);
  const auto number = text::number(request.query.first("page")).value_or(1);
  Search search(context, words.value_or(""), std::string(request.query.first("kind")), static_cast<std::size_t>(std::clamp<std::int64_t>(number, 1, 1000)));
  TRY(auto page, context.read([&](store::Read& db) { return search.run(db); }));
  page.lost = !words.has_value();
  // the same title whatever was looked for: browsers keep titles
  const web::Frame frame{std::string(context.words().plain("search.title")), "search", &context};
  return web::Reply::html(web::render(context.words(), views::search, page, frame));
}

// POST /search
Result<web::Reply> ask(const web::Request& request, web::Context& context) {
  const auto words = typed_words(request);
  if (words.empty()) return web::Reply::see_other(web::Url::path("/search"));
  return web::Reply::see_other(web::Url::path("/search").with("for", sealed_words(context, words)));
}

}  // namespace kedge::search::pages
