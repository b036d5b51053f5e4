#include "web/wire.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace kedge::web {
namespace {

constexpr std::size_t kMostFields = 2000;
constexpr std::size_t kMostCookies = 50;
constexpr std::size_t kMostParts = 500;
constexpr std::size_t kMostFieldBytes = 1024 * 1024;
constexpr std::size_t kMostPartHeader = 4096;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

auto broken(std::string_view why) { return fail(Fault::invalid, "web.form.broken", std::string(why)); }

// One part of a multipart body, headers still in front.
Done take_part(std::string_view part, Request& request, std::vector<std::pair<std::string, std::string>>& fields) {
  const auto gap = part.find("\r\n\r\n");
  if (gap == std::string_view::npos || gap > kMostPartHeader) return broken("part without headers");
  std::string disposition;
  std::string type = "text/plain";
  for (std::string_view rest = part.substr(0, gap + 2); !rest.empty();) {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = lowered(line.substr(0, colon));
    const auto value = std::string(text::trim(line.substr(colon + 1)));
    if (name == "content-disposition") disposition = value;
    if (name == "content-type") type = value;
  }
  if (!lowered(disposition).starts_with("form-data")) return broken("not form-data");
  const auto name = wire::value_parameter(disposition, "name");
  if (name.empty() || !text::is_utf8(name)) return broken("part without a name");
  const auto content = part.substr(gap + 4);
  if (disposition.find("filename=") != std::string::npos) {
    if (content.empty() && wire::value_parameter(disposition, "filename").empty()) return {};  // a file field left empty
    request.uploads.push_back({name, text::clean_line(wire::value_parameter(disposition, "filename")), type, std::string(content)});
    return {};
  }
  if (content.size() > kMostFieldBytes) return fail(Fault::too_large, "web.form.too_large");
  if (content.find('\0') != std::string_view::npos || !text::is_utf8(content)) return broken("not text");
  fields.emplace_back(name, std::string(content));
  return {};
}

}  // namespace

namespace wire {

Result<std::string> decode(std::string_view encoded, Plus plus) {
  std::string out;
  out.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    char c = encoded[i];
    if (c == '+' && plus == Plus::space) {
      c = ' ';
    } else if (c == '%') {
      if (i + 2 >= encoded.size()) return broken("escape cut off");
      const int high = hex(encoded[i + 1]);
      const int low = hex(encoded[i + 2]);
      if (high < 0 || low < 0) return broken("escape");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return broken("NUL");
    out.push_back(c);
  }
  if (!text::is_utf8(out)) return broken("not UTF-8");
  return out;
}

std::string encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kDigits[byte >> 4U]);
      out.push_back(kDigits[byte & 0xfU]);
    }
  }
  return out;
}

Done read_target(std::string_view target, Request& request) {
  const auto refuse = [](std::string_view why) { return fail(Fault::invalid, "web.target.broken", std::string(why)); };
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!lowered(target.substr(0, scheme.size())).starts_with(scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto slash = target.find_first_of("/?");
    target = slash == std::string_view::npos ? std::string_view() : target.substr(slash);
    if (!target.starts_with('/')) return read_target("/" + std::string(target), request);
    break;
  }
  target = target.substr(0, target.find('#'));
  const auto question = target.find('?');
  const auto raw = target.substr(0, question);
  if (raw.empty() || raw.front() != '/') return refuse("no path");
  if (raw.find('\\') != std::string_view::npos || lowered(raw).find("%2f") != std::string::npos || lowered(raw).find("%5c") != std::string::npos)
    return refuse("slash in a segment");
  auto path = decode(raw, Plus::literal);
  if (!path) return refuse(path.error().detail);
  if ((*path + "/").find("/../") != std::string::npos || (*path + "/").find("/./") != std::string::npos) return refuse("dot segment");
  request.path = *std::move(path);
  if (question != std::string_view::npos) {
    TRY(request.query, Fields::parse(target.substr(question + 1)));
  }
  return {};
}

void read_cookies(std::string_view header, Request& request) {
  while (!header.empty() && request.cookies.size() < kMostCookies) {
    const auto end = header.find(';');
    const auto pair = text::trim(header.substr(0, end));
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    auto value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    request.cookies.emplace_back(pair.substr(0, equals), value);
  }
}

std::string value_parameter(std::string_view value, std::string_view name) {
  // walks the parameters, so that `name=` inside a quoted value or inside `filename=` is not taken for one
  std::size_t at = value.find(';');
  while (at != std::string_view::npos && at < value.size()) {
    ++at;
    while (at < value.size() && (value[at] == ' ' || value[at] == '\t')) ++at;
    const auto equals = value.find_first_of("=;", at);
    if (equals == std::string_view::npos) return {};
    if (value[equals] == ';') {
      at = equals;
      continue;
    }
    const auto found = lowered(text::trim(value.substr(at, equals - at)));
    std::string content;
    at = equals + 1;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        // a browser sends \" for a quote in a file name, and a bare \ in Windows paths
        if (value[at] == '\\' && at + 1 < value.size() && (value[at + 1] == '"' || value[at + 1] == '\\')) ++at;
        content.push_back(value[at]);
      }
      at = value.find(';', at);
    } else {
      const auto end = value.find(';', at);
      content = std::string(text::trim(value.substr(at, end == std::string_view::npos ? end : end - at)));
      at = end;
    }
    if (found == name) return content;
  }
  return {};
}

Done read_multipart(std::string_view body, std::string_view boundary, Request& request) {
  if (boundary.empty() || boundary.size() > 70) return broken("boundary");
  const std::string mark = "--" + std::string(boundary);
  const std::string between = "\r\n" + mark;
  std::vector<std::pair<std::string, std::string>> fields;
  auto at = body.starts_with(mark) ? 0 : body.find(between);  // a preamble is allowed, RFC 2046 5.1.1
  if (at == std::string_view::npos) return broken("no boundary");
  at += body.starts_with(mark) ? mark.size() : between.size();
  for (std::size_t parts = 0;; ++parts) {
    if (body.substr(at).starts_with("--")) break;
    if (!body.substr(at).starts_with("\r\n")) return broken("boundary line");
    if (parts >= kMostParts) return fail(Fault::too_large, "web.form.too_large", "parts");
    const auto start = at + 2;
    const auto end = body.find(between, start);
    if (end == std::string_view::npos) return broken("part cut off");
    TRY_DONE(take_part(body.substr(start, end - start), request, fields));
    at = end + between.size();
  }
  request.form = Fields(std::move(fields));
  return {};
}

Done read_body(Request& request) {
  const auto header = request.header("content-type");
  const auto type = lowered(text::trim(header.substr(0, header.find(';'))));
  if (type == "application/x-www-form-urlencoded") {
    TRY(request.form, Fields::parse(request.body));
    request.body.clear();
  } else if (type == "multipart/form-data") {
    TRY_DONE(read_multipart(request.body, value_parameter(header, "boundary"), request));
    request.body.clear();
    request.body.shrink_to_fit();
  }
  return {};
}

}  // namespace wire

Result<Fields> Fields::parse(std::string_view encoded) {
  std::vector<std::pair<std::string, std::string>> items;
  while (!encoded.empty()) {
    const auto end = encoded.find('&');
    const auto pair = encoded.substr(0, end);
    encoded = end == std::string_view::npos ? std::string_view() : encoded.substr(end + 1);
    if (pair.empty()) continue;
    if (items.size() >= kMostFields) return fail(Fault::too_large, "web.form.too_large", "fields");
    const auto equals = pair.find('=');
    TRY(auto name, wire::decode(pair.substr(0, equals), wire::Plus::space));
    TRY(auto value, wire::decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), wire::Plus::space));
    items.emplace_back(std::move(name), std::move(value));
  }
  return Fields(std::move(items));
}

}  // namespace kedge::web
