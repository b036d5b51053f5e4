// The command `kedge`. See docs/commands.md.
#include <malloc.h>
#include <sys/resource.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

#include "app/program.hpp"
#include "core/crypto.hpp"

namespace {

// A core dump would hold keys.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

// A page is made in some hundred kilobytes that are free again a moment later. By default the C library gives them back to the
// kernel at once and asks for them at the next page: a quarter of the time of a long one.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kKilobyte = 1024;
  mallopt(M_MMAP_THRESHOLD, 1024 * kKilobyte);
  mallopt(M_TRIM_THRESHOLD, 2048 * kKilobyte);  // of each arena, there is one for a worker
  mallopt(M_TOP_PAD, 128 * kKilobyte);
#endif
}

// The language of messages on the console, as the other programs of the machine choose it.
kedge::Language console_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') {
      const auto language = kedge::language_of(std::string_view(value).substr(0, 2));
      return language.value_or(kedge::Language::en);
    }
  return kedge::Language::en;
}

}  // namespace

int main(int count, char** arguments) {
  using namespace kedge;
  forbid_core_dumps();
  keep_freed_memory();
  crypto::start();
  try {
    app::Program program(locale::words(console_language()));
    app::add_init(program);
    app::add_serve(program);
    app::add_library(program);
    app::add_member(program);
    app::add_mail(program);
    app::add_guide(program);
    app::add_migrate(program);
    app::add_check(program);
    app::add_backup(program);
    app::add_restore(program);
    app::add_key(program);
    return program.run(count, arguments);
  } catch (const std::exception& error) {  // only out of libraries, at the edge
    std::cerr << "kedge: " << error.what() << "\n";
    return static_cast<int>(app::Exit::failed);
  }
}
