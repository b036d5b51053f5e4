#include "documents/sandbox.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kedge::documents {
namespace {

constexpr char kBubblewrap[] = "/usr/bin/bwrap";
constexpr int kFirstFile = 3;  // the descriptors of the handed files in the child
constexpr std::chrono::milliseconds kLook{100};

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor out;
  Descriptor in;
};

std::optional<Pipe> fresh_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// A file in memory that is read from its beginning.
std::optional<Descriptor> in_memory(std::string_view bytes) {
  Descriptor file(::memfd_create("kedge", MFD_CLOEXEC));
  if (!file.open()) return std::nullopt;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto written = ::write(file.number(), bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return std::nullopt;
    at += static_cast<std::size_t>(written);
  }
  if (::lseek(file.number(), 0, SEEK_SET) != 0) return std::nullopt;
  return file;
}

// Everything apart from the program itself: namespaces of its own, the system read-only, an empty home, no variables.
std::vector<std::string> arguments(const Work& work) {
  std::vector<std::string> all{kBubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/usr", "/usr",
                               "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev",
                               "--tmpfs", "/tmp", "--dir", "/box", "--chdir", "/box", "--clearenv", "--setenv", "HOME", "/tmp", "--setenv", "PATH", "/usr/bin",
                               "--setenv", "LANG", "C.UTF-8", "--setenv", "TZ", "UTC"};
  for (const auto* folder : {"/etc/fonts", "/etc/chromium.d", "/etc/alternatives"})
    for (const auto* word : {"--ro-bind-try", folder, folder}) all.emplace_back(word);
  int number = kFirstFile;
  for (const auto& file : work.files)
    for (auto& word : {std::string("--file"), std::to_string(number++), "/box/" + file.name}) all.push_back(word);
  all.emplace_back("--");
  all.insert(all.end(), work.command.begin(), work.command.end());
  return all;
}

// Between fork and exec: nothing here may allocate or lock, since other threads do not exist in the child.
[[noreturn]] void become(char* const* words, int output, int silence, int* files, int count) {
  ::setpgid(0, 0);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int after = kFirstFile + count;
  for (int* moved : {&output, &silence}) *moved = ::fcntl(*moved, F_DUPFD, after);
  for (int i = 0; i < count; ++i) files[i] = ::fcntl(files[i], F_DUPFD, after);
  if (::dup2(silence, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(silence, 2) < 0) ::_exit(126);
  for (int i = 0; i < count; ++i)
    if (::dup2(files[i], kFirstFile + i) < 0) ::_exit(126);
  ::close_range(static_cast<unsigned>(after), ~0U, 0);
  ::execv(words[0], words);
  ::_exit(127);
}

// Bytes of memory that a process and those under it hold for themselves.
std::size_t resident(pid_t process) {
  const std::string folder = "/proc/" + std::to_string(process);
  std::size_t whole = 0;
  std::size_t pages = 0;
  std::size_t shared = 0;
  if (std::ifstream(folder + "/statm") >> whole >> pages >> shared) pages -= std::min(pages, shared);
  std::size_t bytes = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::ifstream children(folder + "/task/" + std::to_string(process) + "/children");
  for (pid_t child = 0; children >> child;) bytes += resident(child);
  return bytes;
}

// A running child; it is gone, with all under it, when this is.
class Child {
 public:
  explicit Child(pid_t process) : process_(process) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (process_ > 0) end();
  }
  [[nodiscard]] pid_t process() const { return process_; }
  // The status of its end; nothing while it runs.
  std::optional<int> ended() {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
    process_ = 0;
    return status;
  }

 private:
  void end() const {
    ::kill(-process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  pid_t process_;
};

using Moment = std::chrono::steady_clock::time_point;

Result<std::string> read_all(const Child& child, const Descriptor& from, const Work& work, Moment until) {
  std::string bytes;
  std::array<char, 65536> some{};
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= until) return fail(Fault::timeout, "documents.too_slow");
    if (resident(child.process()) > work.most_memory_bytes) return fail(Fault::too_large, "documents.too_large");
    pollfd waiting{from.number(), POLLIN, 0};
    const auto most = std::min(kLook, std::chrono::duration_cast<std::chrono::milliseconds>(until - now) + std::chrono::milliseconds(1));
    if (::poll(&waiting, 1, static_cast<int>(most.count())) <= 0) continue;
    const auto got = ::read(from.number(), some.data(), some.size());
    if (got == 0) return bytes;
    if (got < 0 && errno != EINTR) return fail(Fault::internal, "documents.failed", "its output can't be read");
    if (got > 0) bytes.append(some.data(), static_cast<std::size_t>(got));
    if (bytes.size() > work.most_bytes) return fail(Fault::too_large, "documents.too_large");
  }
}

// It has closed its output: the end is near.
Result<int> status_of(Child& child, Moment until) {
  for (; std::chrono::steady_clock::now() < until; std::this_thread::sleep_for(std::chrono::milliseconds(2)))
    if (const auto status = child.ended()) return WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
  return fail(Fault::timeout, "documents.too_slow");
}

Result<std::string> run_apart(const Work& work) {
  std::vector<Descriptor> files;
  std::vector<int> numbers;
  for (const auto& file : work.files) {
    auto handed = in_memory(file.bytes);
    if (!handed) return fail(Fault::unavailable, "documents.failed", "no memory for what it is handed");
    numbers.push_back(handed->number());
    files.push_back(std::move(*handed));
  }
  auto output = fresh_pipe();
  const Descriptor silence(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (!output || !silence.open()) return fail(Fault::unavailable, "documents.failed", "no descriptor is free");
  auto words = arguments(work);
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const pid_t process = ::fork();
  if (process < 0) return fail(Fault::unavailable, "documents.failed", "no process can be started");
  if (process == 0) become(pointers.data(), output->in.number(), silence.number(), numbers.data(), static_cast<int>(numbers.size()));
  Child child(process);
  output->in.close();
  const auto until = std::chrono::steady_clock::now() + work.most_time;
  TRY(auto bytes, read_all(child, output->out, work, until));
  TRY(const int status, status_of(child, until));
  if (status == 0) return bytes;
  return fail(Fault::internal, "documents.failed", work.command.front() + " ended with " + std::to_string(status));
}

}  // namespace

bool installed(std::string_view program) { return ::access(("/usr/bin/" + std::string(program)).c_str(), X_OK) == 0; }

Result<std::string> run(const Work& work) {
  if (!installed("bwrap")) return fail(Fault::unavailable, "documents.no_sandbox");
  auto done = run_apart(work);
  if (done || done.error().fault != Fault::internal) return done;
  // a machine that allows no namespaces lets nothing run, whatever it is
  if (!run_apart({.command = {"true"}})) return fail(Fault::unavailable, "documents.no_sandbox", "bubblewrap may not make namespaces here");
  return done;
}

}  // namespace kedge::documents
