#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "core/text.hpp"
#include "directory/vcard.hpp"

namespace kedge::directory {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

tl::unexpected<Error> broken(std::string key, int line) {
  Error error{Fault::invalid, std::move(key), {}, {}, {}};
  error.arguments = {{"line", std::to_string(line)}};
  return fail(std::move(error));
}

// One property: [group.]NAME *(;parameter) :value (RFC 6350, 3.3). Groups only tie properties together and are dropped.
struct Property {
  int line = 0;
  std::string name;                      // upper case
  std::vector<std::string> parameters;   // upper case, "TYPE=WORK"
  std::string value;                     // as it stands, escapes and all

  // How much it is preferred; the lowest first: PREF=1 of 4.0, TYPE=PREF of 3.0.
  [[nodiscard]] int rank() const {
    for (const auto& one : parameters) {
      if (one.starts_with("TYPE=") && one.find("PREF") != std::string::npos) return 1;
      if (one == "PREF") return 1;
      int number = 0;
      if (one.starts_with("PREF=") && std::from_chars(one.data() + 5, one.data() + one.size(), number).ec == std::errc()) return number;
    }
    return 101;
  }
  [[nodiscard]] bool fax() const {
    return std::ranges::any_of(parameters, [](const std::string& one) { return one.find("FAX") != std::string::npos || one.find("PAGER") != std::string::npos; });
  }
};

// Lines with their folds undone: a line that begins with a space or a tab goes on from the one before.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  // The next line that holds something; its number in the file.
  std::optional<std::pair<int, std::string>> next() {
    while (!rest_.empty()) {
      auto line = std::string(take());
      const int number = count_;
      while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) line += take().substr(1);
      if (!text::trim(line).empty()) return {{number, std::move(line)}};
    }
    return std::nullopt;
  }

 private:
  std::string_view take() {
    ++count_;
    const auto end = rest_.find_first_of("\r\n");
    const auto line = rest_.substr(0, end);
    if (end == std::string_view::npos) rest_ = {};
    else rest_.remove_prefix(end + (rest_.substr(end).starts_with("\r\n") ? 2 : 1));
    return line;
  }

  std::string_view rest_;
  int count_ = 0;
};

// The colon before the value; one within quotation marks belongs to a parameter.
std::size_t colon_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') quoted = !quoted;
    if (line[at] == ':' && !quoted) return at;
  }
  return line.find(':');
}

Result<Property> property_of(int number, std::string_view line) {
  const auto colon = colon_of(line);
  if (colon == std::string_view::npos || colon == 0) return broken("directory.vcard.colon", number);
  Property one{number, {}, {}, std::string(line.substr(colon + 1))};
  const auto head = upper(line.substr(0, colon));
  for (std::size_t start = 0; start <= head.size();) {
    const auto end = std::min(head.find(';', start), head.size());
    auto part = head.substr(start, end - start);
    if (start > 0) one.parameters.push_back(std::move(part));
    else one.name = std::string(text::trim(part.substr(part.rfind('.') + 1)));
    start = end + 1;
  }
  return one;
}

// The parts of a structured value, escapes undone; one that is not structured is one part.
std::vector<std::string> parts_of(std::string_view value, std::string_view between) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\' && at + 1 < value.size()) {
      const char next = value[++at];
      parts.back() += next == 'n' || next == 'N' ? '\n' : next;
    } else if (between.find(value[at]) != std::string_view::npos) {
      parts.emplace_back();
    } else {
      parts.back() += value[at];
    }
  }
  return parts;
}
std::string said(const Property& one) { return text::clean(parts_of(one.value, "").front()); }

std::string without_scheme(std::string value, std::string_view scheme) {
  while (upper(value).starts_with(scheme)) value = text::clean_line(value.substr(scheme.size()));
  return value;
}

// Everything of one card, until it is known of whom it is.
class Card {
 public:
  explicit Card(int row) { line_.row = row; }

  // Errors: invalid "directory.vcard.version".
  Done take(const Property& one) {
    if (one.name == "VERSION") return version(one);
    if (one.name == "KIND" || one.name == "X-ADDRESSBOOKSERVER-KIND") kind_ = upper(text::trim(one.value));
    else if (one.name == "X-ABSHOWAS") kind_ = upper(text::trim(one.value)) == "COMPANY" ? "ORG" : kind_;
    else if (one.name == "UID") line_.mark = Id::parse(without_scheme(std::string(text::trim(one.value)), "URN:UUID:")).value_or(Id());
    else if (one.name == "ORG") organization(one);
    else if (one.name == "N") names(one);
    else if (one.name == "FN" && name_.empty()) name_ = text::clean_line(said(one));
    else if (one.name == "EMAIL" || (one.name == "TEL" && !one.fax())) best(one);
    else if (kOthers.find("," + one.name + ",") != std::string_view::npos) others_.try_emplace(one.name, one.name == "URL" ? one.value : said(one));  // a URI has no escapes
    else if (kSilent.find("," + one.name + ",") == std::string_view::npos) aside_.push_back(one.name);
    return {};
  }

  [[nodiscard]] bool group() const { return kind_ == "GROUP"; }
  [[nodiscard]] const std::vector<std::string>& aside() const { return aside_; }

  // Once, at its end; what is left aside is known then.
  Line line() {
    if (name_.empty()) name_ = built_name_;
    const bool alone = kind_ == "ORG" || (name_.empty() && !line_.organization.name.empty());
    return alone ? of_organization() : of_contact();
  }

 private:
  static constexpr std::string_view kOthers = ",TITLE,ROLE,NOTE,URL,NICKNAME,CATEGORIES,";
  static constexpr std::string_view kSilent = ",PRODID,REV,END,BEGIN,X-ABLABEL,X-ABUID,SORT-STRING,CLIENTPIDMAP,";

  Done version(const Property& one) {
    const auto value = std::string(text::trim(one.value));
    if (value == "3.0" || value == "4.0") return {};
    Error error{Fault::invalid, "directory.vcard.version", {}, {}, {}};
    error.arguments = {{"row", std::to_string(line_.row)}, {"version", text::shorten(text::clean_line(value), 20)}};
    return fail(std::move(error));
  }
  void organization(const Property& one) {
    auto parts = parts_of(one.value, ";");
    if (line_.organization.name.empty()) line_.organization.name = text::clean_line(parts.front());
    if (parts.size() > 1 && line_.contact.department.empty()) line_.contact.department = text::clean_line(parts[1]);
  }
  // Family; given; additional; before; after.
  void names(const Property& one) {
    auto parts = parts_of(one.value, ";");
    parts.resize(5);
    built_name_ = text::clean_line(parts[3] + " " + parts[1] + " " + parts[2] + " " + parts[0] + " " + parts[4]);
    for (auto twice = built_name_.find("  "); twice != std::string::npos; twice = built_name_.find("  ")) built_name_.erase(twice, 1);
  }
  void best(const Property& one) {
    auto& [rank, value] = best_[one.name];
    if (!value.empty() && rank <= one.rank()) return;
    rank = one.rank();
    value = without_scheme(text::clean_line(said(one)), one.name == "TEL" ? "TEL:" : "MAILTO:");
  }
  void drop(std::string_view name) {
    if (others_.contains(std::string(name))) aside_.emplace_back(name);
  }
  Line of_organization() {
    auto& organization = line_.organization;
    if (!name_.empty()) organization.name = name_;
    organization.email = best_["EMAIL"].second;
    organization.alternate_name = text::clean_line(others_["NICKNAME"]);
    organization.description = others_["NOTE"];
    organization.website = text::clean_line(others_["URL"]);
    if (const auto code = others_["CATEGORIES"]; std::ranges::find(kOrganizationKinds, code) != kOrganizationKinds.end()) organization.kind = code;
    // a phone needs somebody who answers it: the front desk, by the name that the library writes there
    if (!best_["TEL"].second.empty()) aside_.emplace_back("TEL");
    line_.contact = {};
    return std::move(line_);
  }
  Line of_contact() {
    auto& contact = line_.contact;
    contact.name = name_;
    contact.title = text::clean_line(others_["TITLE"].empty() ? others_["ROLE"] : others_["TITLE"]);
    contact.email = best_["EMAIL"].second;
    contact.phone = best_["TEL"].second;
    for (const auto* name : {"NOTE", "URL", "NICKNAME", "CATEGORIES"}) drop(name);
    return std::move(line_);
  }

  Line line_;
  std::string kind_, name_, built_name_;
  std::map<std::string, std::pair<int, std::string>, std::less<>> best_;
  std::map<std::string, std::string, std::less<>> others_;
  std::vector<std::string> aside_;
};

constexpr std::size_t kMostAside = 40;

void add(Brought& brought, Card card) {
  const auto aside = [&](const std::string& name) {
    if (brought.left_aside.size() < kMostAside && std::ranges::find(brought.left_aside, name) == brought.left_aside.end()) brought.left_aside.push_back(text::shorten(name, 60));
  };
  if (card.group()) return aside("KIND:group");
  brought.lines.push_back(card.line());
  for (const auto& name : card.aside()) aside(name);
}

}  // namespace

bool looks_like_vcards(std::string_view utf8) {
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  return upper(text::trim(utf8).substr(0, 11)) == "BEGIN:VCARD";
}

Result<Brought> read_vcards(std::string_view utf8) {
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  Brought brought;
  Lines lines(utf8);
  std::optional<Card> card;
  int cards = 0;
  int began = 0;
  while (const auto line = lines.next()) {
    TRY(const auto one, property_of(line->first, line->second));
    const auto value = upper(text::trim(one.value));
    if (one.name == "BEGIN" && value == "VCARD") {
      if (card) return broken("directory.vcard.end", began);
      card.emplace(++cards);
      began = one.line;
    } else if (!card) {
      return broken("directory.vcard.begin", one.line);
    } else if (one.name == "END" && value == "VCARD") {
      add(brought, std::move(*card));
      card.reset();
    } else {
      TRY_DONE(card->take(one));
    }
  }
  if (card) return broken("directory.vcard.end", began);
  if (brought.lines.empty()) return fail(Fault::invalid, "directory.bring.nothing");
  return brought;
}

}  // namespace kedge::directory
