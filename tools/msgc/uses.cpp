#include "msgc/uses.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace msgc {
namespace {

struct Token {
  enum class Kind { name, literal, sign } kind = Kind::sign;
  std::string text;
  std::size_t line = 0;
};

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// A reader of just enough C++ to skip comments and to know literals.
class Tokens {
 public:
  explicit Tokens(std::string_view source) : rest_(source) {}

  std::vector<Token> read() {
    while (!rest_.empty()) step();
    return std::move(tokens_);
  }

 private:
  void step() {
    if (rest_.starts_with("//")) return drop(rest_.find('\n'));
    if (rest_.starts_with("/*")) return drop(past(rest_.find("*/", 2), 2));
    if (rest_.starts_with("R\"")) return raw();
    if (rest_.front() == '"') return literal();
    if (rest_.front() == '\'') return character();
    if (in_name(rest_.front())) {
      const auto end = std::find_if_not(rest_.begin(), rest_.end(), in_name);
      return keep(Token::Kind::name, static_cast<std::size_t>(end - rest_.begin()));
    }
    if (std::isspace(static_cast<unsigned char>(rest_.front())) != 0) return drop(1);
    keep(Token::Kind::sign, 1);
  }
  static std::size_t past(std::size_t at, std::size_t size) { return at == std::string_view::npos ? at : at + size; }
  void drop(std::size_t size) {
    size = std::min(size, rest_.size());
    line_ += static_cast<std::size_t>(std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
    rest_.remove_prefix(size);
  }
  void keep(Token::Kind kind, std::size_t size) {
    tokens_.push_back({kind, std::string(rest_.substr(0, size)), line_});
    drop(size);
  }
  void raw() {
    const auto open = rest_.find('(');
    if (open == std::string_view::npos) return drop(rest_.size());
    const auto close = ")" + std::string(rest_.substr(2, open - 2)) + "\"";
    tokens_.push_back({Token::Kind::sign, "raw", line_});
    drop(past(rest_.find(close, open), close.size()));
  }
  void literal() {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    end = std::min(end, rest_.size());
    tokens_.push_back({Token::Kind::literal, std::string(rest_.substr(1, end - 1)), line_});
    drop(end + 1);
  }
  void character() {
    if (!tokens_.empty() && std::isdigit(static_cast<unsigned char>(tokens_.back().text.front())) != 0) return drop(1);  // 1'000
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '\'') end += rest_[end] == '\\' ? 2 : 1;
    drop(end + 1);
  }

  std::string_view rest_;
  std::vector<Token> tokens_;
  std::size_t line_ = 1;
};

bool one_of(const Token& token, std::initializer_list<std::string_view> names) {
  return token.kind == Token::Kind::name && std::ranges::find(names, token.text) != names.end();
}

// Where the second argument begins, when `open` is the bracket of a call; 0 when there is none.
std::size_t second_argument(const std::vector<Token>& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].kind != Token::Kind::sign) continue;
    if (tokens[i].text == "(" || tokens[i].text == "{" || tokens[i].text == "[") ++depth;
    if ((tokens[i].text == ")" || tokens[i].text == "}" || tokens[i].text == "]") && --depth == 0) return 0;
    if (tokens[i].text == "," && depth == 1) return i + 1;
  }
  return 0;
}

}  // namespace

std::vector<Use> keys_used(std::string_view source) {
  const auto tokens = Tokens(source).read();
  std::vector<Use> out;
  const auto take = [&](std::size_t at) {
    if (at == 0 || at >= tokens.size() || tokens[at].kind != Token::Kind::literal) return;
    const bool goes_on = at + 1 < tokens.size() && (tokens[at + 1].text == "+" || tokens[at + 1].kind == Token::Kind::literal);
    if (!goes_on && !tokens[at].text.empty()) out.push_back({tokens[at].text, tokens[at].line});
  };
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    const bool opens = tokens[i + 1].text == "(" || tokens[i + 1].text == "{";
    if (tokens[i].text == "Fault" && i + 4 < tokens.size() && tokens[i + 4].text == ",") take(i + 5);  // Fault : : x , "k"
    if (opens && one_of(tokens[i], {"fail_field", "FieldError"})) take(second_argument(tokens, i + 1));
    if (opens && one_of(tokens[i], {"say", "plain", "say_next", "Message"}) && tokens[i + 2].text.find_first_of(" */") == std::string::npos)
      take(i + 2);
    if (tokens[i].text == "." && tokens[i + 1].text == "key" && tokens[i + 2].text == "=") take(i + 3);
  }
  return out;
}

}  // namespace msgc
