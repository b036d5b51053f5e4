#include "archive/zip.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <sodium.h>
#include <sys/stat.h>
#include <zip.h>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace kedge::archive {
namespace {

constexpr std::size_t kLongestName = 300;
constexpr std::uint64_t kMegabyte = 1ULL << 20U;

// Closed without writing: what is read is never changed, and what could not be written is thrown away.
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

tl::unexpected<Error> wrong(Fault fault, std::string key, std::string_view file) {
  return fail(Error{fault, std::move(key), {}, {}, {{"file", text::shorten(text::is_utf8(file) ? text::clean_line(file) : "?", 120)}}});
}

tl::unexpected<Error> not_written(const char* why) { return fail(Fault::internal, "archive.not_written", why); }

// Days since 1970 as year, month and day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
struct DosTime {
  std::uint16_t time = 0;
  std::uint16_t date = (1U << 5U) | 1U;  // 1980-01-01, the first that there is
};
DosTime dos_time(std::int64_t ms) {
  constexpr std::int64_t kDay_s = 86'400;
  const auto seconds = ms / 1000;
  const auto second_of_day = static_cast<std::uint32_t>(seconds % kDay_s);
  const auto days = seconds / kDay_s + 719'468;
  const auto era = days / 146'097;
  const auto day_of_era = static_cast<std::uint32_t>(days - era * 146'097);
  const auto year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto shifted = (5 * day_of_year + 2) / 153;
  const auto day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const auto month = shifted < 10 ? shifted + 3 : shifted - 9;
  const auto year = static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  if (ms < 0 || year < 1980 || year > 2107) return {};
  DosTime made;
  made.date = static_cast<std::uint16_t>((static_cast<std::uint32_t>(year - 1980) << 9U) | (month << 5U) | day);
  made.time = static_cast<std::uint16_t>(((second_of_day / 3600) << 11U) | ((second_of_day / 60 % 60) << 5U) | (second_of_day % 60 / 2));
  return made;
}

// What ends a zip stands at its very end: nothing may hang behind it, where two programs would see two archives.
// APPNOTE 4.3.16: 22 bytes without a comment; ours and those of others' tools have none.
bool ends_as_it_should(std::string_view zip) {
  constexpr std::string_view kEnd("PK\x05\x06", 4);
  return zip.size() >= 22 && zip.substr(zip.size() - 22, 4) == kEnd && zip.substr(zip.size() - 2) == std::string_view("\0\0", 2) &&
         (zip.starts_with("PK\x03\x04") || zip.size() == 22);
}

struct Member {
  std::string name;
  std::uint64_t index = 0;
  std::uint64_t bytes = 0;
  std::uint64_t packed = 0;
};

Result<Member> member_at(zip_t* archive, std::uint64_t index, std::string_view shown) {
  zip_stat_t told;
  zip_stat_init(&told);
  constexpr auto kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
  if (zip_stat_index(archive, index, 0, &told) != 0 || (told.valid & kNeeded) != kNeeded) return wrong(Fault::invalid, "archive.broken", shown);
  if (told.encryption_method != ZIP_EM_NONE || (told.comp_method != ZIP_CM_STORE && told.comp_method != ZIP_CM_DEFLATE)) return wrong(Fault::invalid, "archive.method", shown);
  std::uint8_t system = 0;
  std::uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return wrong(Fault::invalid, "archive.broken", shown);
  const auto mode = attributes >> 16U;
  if (system == ZIP_OPSYS_UNIX && (mode & S_IFMT) != 0 && !S_ISREG(mode) && !S_ISDIR(mode)) return wrong(Fault::invalid, "archive.method", shown);
  return Member{std::string(shown), index, told.size, told.comp_size};
}

Result<std::vector<Member>> members_of(zip_t* archive, const Limits& limits) {
  const auto count = zip_get_num_entries(archive, 0);
  if (count < 0) return fail(Fault::invalid, "archive.broken");
  if (static_cast<std::uint64_t>(count) > limits.members) return fail(Fault::too_large, "archive.too_large", "members");
  std::vector<Member> members;
  std::set<std::string> names;  // folded: on some systems "A" and "a" are one file
  std::uint64_t bytes = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::uint64_t>(i);
    const char* raw = zip_get_name(archive, at, ZIP_FL_ENC_RAW);
    if (raw == nullptr) return fail(Fault::invalid, "archive.broken");
    std::string_view name(raw);
    const bool folder = name.ends_with('/');
    if (folder) name.remove_suffix(1);
    if (!safe_name(name)) return wrong(Fault::invalid, "archive.name", name);
    if (!names.insert(text::fold(name)).second) return wrong(Fault::invalid, "archive.twice", name);
    TRY(auto member, member_at(archive, at, name));
    if (folder && member.bytes == 0) continue;
    if (folder) return wrong(Fault::invalid, "archive.name", name);
    // asked in this order, so that no sum can run over
    if (member.bytes > limits.bytes_each) return wrong(Fault::too_large, "archive.bomb", name);
    bytes += member.bytes;
    if (bytes > limits.bytes) return fail(Fault::too_large, "archive.too_large", "bytes");
    if (member.bytes > kMegabyte && member.bytes / limits.ratio > member.packed) return wrong(Fault::too_large, "archive.bomb", name);
    members.push_back(std::move(member));
  }
  return members;
}

// No more than the archive says of it: one byte further is an archive that lies.
Result<std::string> unpacked(zip_t* archive, const Member& member) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, member.index, 0));
  if (!file) return wrong(Fault::invalid, "archive.damaged", member.name);
  std::string bytes;
  constexpr std::size_t kPiece = 1U << 16U;  // grows as it comes, so that a size that lies takes no memory
  while (true) {
    const auto had = bytes.size();
    const auto piece = std::min<std::uint64_t>(kPiece, member.bytes - had + 1);
    bytes.resize(had + piece);
    const auto got = zip_fread(file.get(), bytes.data() + had, piece);
    if (got < 0) return wrong(Fault::invalid, "archive.damaged", member.name);  // its CRC-32 does not fit either
    bytes.resize(had + static_cast<std::size_t>(got));
    if (bytes.size() > member.bytes) return wrong(Fault::too_large, "archive.bomb", member.name);
    if (got == 0) break;
  }
  if (bytes.size() != member.bytes) return wrong(Fault::invalid, "archive.damaged", member.name);
  return bytes;
}

}  // namespace

bool safe_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || !text::is_utf8(name)) return false;
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"' || c == '<' || c == '>' || c == '|') return false;
  while (true) {
    const auto slash = std::min(name.find('/'), name.size());
    const auto part = name.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || part.ends_with('.') || part.ends_with(' ')) return false;
    if (slash == name.size()) return true;
    name.remove_prefix(slash + 1);
  }
}

std::string sha256_hex(std::string_view bytes) {
  std::string sum(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(sum.data()), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return crypto::to_hex(sum);
}

Result<std::string> write_zip(std::span<const File> files, std::int64_t made_ms) {
  if (files.empty()) return std::string("PK\x05\x06", 4) + std::string(18, '\0');  // the library would write no file at all
  zip_error_t error;
  zip_error_init(&error);
  const Source held(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!held) return not_written("source");
  zip_source_keep(held.get());  // the archive takes one of the two when it is opened
  Archive archive(zip_open_from_source(held.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(held.get());
    return not_written("open");
  }
  const auto when = dos_time(made_ms);
  for (const auto& file : files) {
    if (!safe_name(file.name)) return not_written("name");
    auto* source = zip_source_buffer(archive.get(), file.bytes.data(), file.bytes.size(), 0);
    if (source == nullptr) return not_written("source");
    const auto at = zip_file_add(archive.get(), file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(source);
      return not_written("add");
    }
    const auto index = static_cast<std::uint64_t>(at);
    if (zip_file_set_dostime(archive.get(), index, when.time, when.date, 0) != 0 || zip_set_file_compression(archive.get(), index, ZIP_CM_DEFLATE, 9) != 0 ||
        zip_file_set_external_attributes(archive.get(), index, 0, ZIP_OPSYS_UNIX, static_cast<std::uint32_t>(S_IFREG | 0600) << 16U) != 0)
      return not_written("set");
  }
  if (zip_close(archive.get()) != 0) return not_written("close");
  static_cast<void>(archive.release());
  if (zip_source_open(held.get()) != 0) return not_written("open");
  std::string bytes;
  if (zip_source_seek(held.get(), 0, SEEK_END) == 0 && zip_source_tell(held.get()) > 0) bytes.resize(static_cast<std::size_t>(zip_source_tell(held.get())));
  const bool whole = zip_source_seek(held.get(), 0, SEEK_SET) == 0 && zip_source_read(held.get(), bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size());
  zip_source_close(held.get());
  if (!whole) return not_written("read");
  return bytes;
}

Result<std::vector<File>> read_zip(std::string_view zip, const Limits& limits) {
  if (zip.size() > limits.zip_bytes) return fail(Fault::too_large, "archive.too_large", "zip");
  if (!ends_as_it_should(zip)) return fail(Fault::invalid, "archive.broken");
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  if (source == nullptr) return fail(Fault::invalid, "archive.broken");
  const Archive archive(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!archive) {
    zip_source_free(source);
    return fail(Fault::invalid, "archive.broken");
  }
  TRY(const auto members, members_of(archive.get(), limits));
  std::vector<File> files;
  for (const auto& member : members) {
    TRY(auto bytes, unpacked(archive.get(), member));
    files.push_back({member.name, std::move(bytes)});
  }
  return files;
}

}  // namespace kedge::archive
