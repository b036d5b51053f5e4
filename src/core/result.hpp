// core: what can go wrong, said once.
// A Fault is what kind of thing went wrong (web turns it into a status, the command line into an exit code);
// `key` names the message of the catalogues for the reader; `detail` is for the log alone.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace kedge {

enum class Fault : std::uint8_t {
  invalid,        // what was sent can't be taken: see fields
  not_found,      // no such thing in this scope
  forbidden,      // known who asks, and not allowed
  signed_out,     // nobody is signed in
  conflict,       // somebody else changed it, or its state does not allow it
  too_large,
  too_many,       // a limit of attempts
  busy,           // try again soon
  timeout,
  unavailable,    // database away, disk full
  newer_version,  // data of a newer version: refused, untouched
  internal,
};

// A message of the catalogues at one field of a form, or one line of a file.
struct FieldError {
  std::string field;
  std::string key;
  std::vector<std::pair<std::string, std::string>> arguments = {};
};

struct Error {
  Fault fault = Fault::internal;
  std::string key;     // a message of the catalogues, "guide.answer.too_long"
  std::string detail;  // for the log, never shown; holds no content
  std::vector<FieldError> fields = {};
  std::vector<std::pair<std::string, std::string>> arguments = {};
};

template <class T>
using Result = tl::expected<T, Error>;
using Done = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Fault fault, std::string key, std::string detail = {}) {
  return tl::unexpected<Error>(Error{fault, std::move(key), std::move(detail), {}, {}});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
// Fault::invalid at one field.
[[nodiscard]] inline tl::unexpected<Error> fail_field(std::string field, std::string key) {
  return tl::unexpected<Error>(Error{Fault::invalid, key, {}, {{std::move(field), key, {}}}, {}});
}

}  // namespace kedge

// TRY(auto row, load(...)): the value, or return the error to the caller.
#define KEDGE_JOIN_(a, b) a##b
#define KEDGE_JOIN(a, b) KEDGE_JOIN_(a, b)
#define KEDGE_TRY_(name, declaration, ...)                            \
  auto name = (__VA_ARGS__);                                          \
  if (!name) return tl::unexpected<kedge::Error>(std::move(name).error()); \
  declaration = *std::move(name)
#define TRY(declaration, ...) KEDGE_TRY_(KEDGE_JOIN(try_result_, __LINE__), declaration, __VA_ARGS__)
// TRY_DONE(save(...)): the same for a Result whose value is not needed.
#define KEDGE_TRY_DONE_(name, ...) \
  if (auto name = (__VA_ARGS__); !name) return tl::unexpected<kedge::Error>(std::move(name).error())
#define TRY_DONE(...) KEDGE_TRY_DONE_(KEDGE_JOIN(try_done_, __COUNTER__), __VA_ARGS__)
