// archive: many files as one (ZIP, APPNOTE 6.3), written for people and read from anywhere, within bounds.
// Knows nothing of what is in the files.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kedge::archive {

struct File {
  std::string name;   // "data/finding.jsonl": parts of letters, digits, signs; never absolute, never upwards
  std::string bytes;
};

// What a foreign file may unpack to. All of it is held in memory.
struct Limits {
  std::uint64_t zip_bytes = 256ULL << 20U;
  std::uint64_t members = 4000;
  std::uint64_t bytes_each = 256ULL << 20U;
  std::uint64_t bytes = 512ULL << 20U;
  std::uint64_t ratio = 250;  // unpacked to packed, from a megabyte on; lines of JSON reach 30
};

// The same files and time give the same bytes. `made_ms` stands at every file (UTC).
// Errors: internal "archive.not_written".
[[nodiscard]] Result<std::string> write_zip(std::span<const File> files, std::int64_t made_ms);

// The files in their order, all of them or none; folders are left out. Every byte is checked against the sum in the archive.
// Errors: too_large "archive.too_large" (limits: members, bytes, each) and "archive.bomb" (file); invalid "archive.broken"
// (no zip, cut off, something before or behind it), and with `file`: "archive.name" (climbs, absolute, not UTF-8),
// "archive.twice", "archive.damaged" (its sum does not fit), "archive.method" (encrypted, another way of packing, a link).
[[nodiscard]] Result<std::vector<File>> read_zip(std::string_view zip, const Limits& limits = {});

// Whether a name stays below the folder that it is unpacked in, on every system.
[[nodiscard]] bool safe_name(std::string_view name);

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace kedge::archive
