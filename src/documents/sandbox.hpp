// documents: a foreign program at work where it can do no harm: it has no network, sees no files but the system's programs and what
// it is handed, and has so much time and memory. What it is handed lies in memory alone and is gone with it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace kedge::documents {

struct HandedFile {
  std::string name;  // in the folder where the program begins
  std::string_view bytes;
};

struct Work {
  std::vector<std::string> command;   // a program of /usr/bin and its arguments
  std::vector<HandedFile> files = {};
  std::chrono::milliseconds most_time{60'000};
  std::size_t most_memory_bytes = std::size_t{1536} << 20U;  // resident, of all its processes together
  std::size_t most_bytes = std::size_t{64} << 20U;           // of what it writes to its standard output
};

// Whether /usr/bin has a program of this name.
[[nodiscard]] bool installed(std::string_view program);

// What it wrote to its standard output. Waits for it; call it without a database session.
// Errors: unavailable "documents.no_sandbox" (bubblewrap is missing or may not work here), timeout "documents.too_slow",
// too_large "documents.too_large" (memory or output), internal "documents.failed" (it ended badly; detail: its exit status).
[[nodiscard]] Result<std::string> run(const Work& work);

}  // namespace kedge::documents
