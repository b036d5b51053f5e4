#include "web/assets.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/crypto.hpp"
#include "web/pressing.hpp"

namespace kedge::web {
namespace {

namespace fs = std::filesystem;

std::string type_of(std::string_view name) {
  struct Pair {
    std::string_view ending;
    std::string_view type;
  };
  static constexpr std::array<Pair, 12> kTypes{{{".css", "text/css; charset=utf-8"},
                                                {".js", "text/javascript; charset=utf-8"},
                                                {".mjs", "text/javascript; charset=utf-8"},
                                                {".svg", "image/svg+xml"},
                                                {".woff2", "font/woff2"},
                                                {".png", "image/png"},
                                                {".jpg", "image/jpeg"},
                                                {".webp", "image/webp"},
                                                {".ico", "image/x-icon"},
                                                {".json", "application/json"},
                                                {".webmanifest", "application/manifest+json"},
                                                {".txt", "text/plain; charset=utf-8"}}};
  for (const auto& [ending, type] : kTypes)
    if (name.ends_with(ending)) return std::string(type);
  return "application/octet-stream";
}

}  // namespace

Assets::Assets(const std::string& folder) {
  std::error_code error;
  if (folder.empty() || !fs::is_directory(folder, error)) return;
  std::map<std::string, std::shared_ptr<const std::string>> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all[fs::relative(entry.path(), folder).generic_string()] =
        std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  for (const auto& [name, bytes] : all) {
    if (name.ends_with(".br") || name.ends_with(".gz")) continue;
    File file{bytes, nullptr, nullptr, type_of(name), crypto::to_hex(crypto::hash(*bytes)).substr(0, 12)};
    if (const auto found = all.find(name + ".br"); found != all.end()) file.brotli = found->second;
    if (const auto found = all.find(name + ".gz"); found != all.end()) file.gzip = found->second;
    files_.emplace(name, std::move(file));
  }
}

Url Assets::url(std::string_view name) const {
  const auto plain = Url::from_stored("/assets/" + std::string(name));
  const auto found = files_.find(name);
  return found == files_.end() ? plain : plain.with("v", found->second.version);
}

Reply Assets::answer(const Request& request, std::string_view name) const {
  Reply reply;
  const auto found = files_.find(name);
  if (found == files_.end()) return Reply::text("", 404);
  const auto& file = found->second;
  const std::string tag = "\"" + file.version + "\"";
  reply.cacheable = true;
  reply.content_type = file.type;
  reply.header("ETag", tag);
  reply.header("Vary", "Accept-Encoding");
  reply.header("Cache-Control", request.query.first("v") == file.version ? "public, max-age=31536000, immutable" : "public, no-cache");
  if (request.header("if-none-match").find(tag) != std::string_view::npos) {
    reply.status = 304;
    return reply;
  }
  const auto accepted = request.header("accept-encoding");
  if (file.brotli && pressing::accepts(accepted, "br")) {
    reply.shared = file.brotli;
    reply.header("Content-Encoding", "br");
  } else if (file.gzip && pressing::accepts(accepted, "gzip")) {
    reply.shared = file.gzip;
    reply.header("Content-Encoding", "gzip");
  } else {
    reply.shared = file.plain;
  }
  return reply;
}

}  // namespace kedge::web
