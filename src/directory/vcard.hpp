// directory: cards of people and organizations (vCard): written as 4.0 (RFC 6350), read as 4.0 and 3.0 (RFC 2426).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "directory/lines.hpp"

namespace kedge::directory {

// When each record was last changed, UTC milliseconds; for REV.
using ChangedAt = std::map<Id, std::int64_t>;

// One card for each organization (KIND:org), then one for each contact; UID is the record's id. Lines are folded at 75 octets.
[[nodiscard]] std::string write_vcards(std::span<const Organization> organizations, std::span<const Contact> contacts, const ChangedAt& changed);

// Whether a text is of cards rather than a table.
[[nodiscard]] bool looks_like_vcards(std::string_view utf8);
// The first of several addresses or phones is taken, a preferred one before it. Cards of groups, and what has no place here
// (pictures among it), are left aside by their names.
// Errors: invalid "directory.vcard.<why>" with "line": begin, end, colon; "directory.vcard.version" with "row" and "version".
[[nodiscard]] Result<Brought> read_vcards(std::string_view utf8);

}  // namespace kedge::directory
