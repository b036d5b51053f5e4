#include <algorithm>
#include <cstdio>

#include "core/clock.hpp"
#include "directory/vcard.hpp"

namespace kedge::directory {
namespace {

constexpr std::size_t kMostOctets = 75;  // RFC 6350, 3.2, without the line end

// RFC 6350, 3.4: in text backslash, comma and newline; in a part of a structured value the semicolon too. Escaping it everywhere is allowed.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    out += c;
  }
  return out;
}

// A fold stands before a character, never within one.
void add_folded(std::string& out, std::string_view line) {
  std::size_t most = kMostOctets;
  while (line.size() > most) {
    std::size_t end = most;
    while ((static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    most = kMostOctets - 1;  // the space counts
  }
  out.append(line).append("\r\n");
}

class Card {
 public:
  explicit Card(std::string& out) : out_(out) {
    out_ += "BEGIN:VCARD\r\nVERSION:4.0\r\n";
  }
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;
  ~Card() { out_ += "END:VCARD\r\n"; }
  void raw(std::string_view name, const std::string& value) { add_folded(out_, std::string(name) + ":" + value); }
  void text(std::string_view name, const std::string& value) {
    if (!value.empty()) raw(name, escaped(value));
  }
  void record(const Id& id, const ChangedAt& changed) {
    raw("UID", "urn:uuid:" + id.text());
    if (const auto at = changed.find(id); at != changed.end()) raw("REV", timestamp(at->second));
  }

 private:
  // RFC 6350, 4.3.5: 20260921T134500Z
  static std::string timestamp(std::int64_t at_ms) {
    const auto day = Date::at(at_ms, "UTC").text();
    const auto seconds = at_ms / 1000 % 86400;
    std::array<char, 16> time{};
    std::snprintf(time.data(), time.size(), "T%02d%02d%02dZ", static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    std::string compact = day;
    std::erase(compact, '-');
    return compact + time.data();
  }

  std::string& out_;
};

// The organization's name, then the department as its unit.
std::string org_of(const std::string& organization, const std::string& department) {
  return escaped(organization) + (department.empty() ? "" : ";" + escaped(department));
}

}  // namespace

std::string write_vcards(std::span<const Organization> organizations, std::span<const Contact> contacts, const ChangedAt& changed) {
  std::string out;
  for (const auto& one : organizations) {
    Card card(out);
    card.raw("KIND", "org");
    card.text("FN", one.name);
    card.raw("ORG", org_of(one.name, ""));
    card.text("NICKNAME", one.alternate_name);
    card.text("CATEGORIES", one.kind);
    card.text("EMAIL", one.email);
    if (!one.website.empty()) card.raw("URL", one.website);  // a URI has no escapes
    card.text("NOTE", one.description);
    card.record(one.id, changed);
  }
  for (const auto& one : contacts) {
    Card card(out);
    card.raw("KIND", "individual");
    card.text("FN", one.name);
    const auto at = std::ranges::find(organizations, one.organization, &Organization::id);
    if (at != organizations.end()) card.raw("ORG", org_of(at->name, one.department));
    card.text("TITLE", one.title);
    card.text("EMAIL;TYPE=work", one.email);
    card.text("TEL;TYPE=work", one.phone);  // as text, its default: what people write is often no number alone
    card.record(one.id, changed);
  }
  return out;
}

}  // namespace kedge::directory
