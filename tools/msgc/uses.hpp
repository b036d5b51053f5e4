// msgc: message keys that stand as string literals in C++ sources.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace msgc {

struct Use {
  std::string key;
  std::size_t line = 0;
};

// The literals behind a Fault, as in fail(Fault::x, "k"), and in fail_field(f, "k"), FieldError{f, "k"}, say("k"), plain("k"),
// say_next("k"), Message("k") and .key = "k". A literal that something is added to is the beginning of a key and left out.
[[nodiscard]] std::vector<Use> keys_used(std::string_view source);

}  // namespace msgc
