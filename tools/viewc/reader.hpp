// viewc: the reader's state. Every construct says where it may stand: in text, among attributes, in a value.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "viewc/expression.hpp"
#include "viewc/view.hpp"

namespace viewc {

class Reader {
 public:
  Reader(std::string_view source, const Keys& keys, std::vector<Problem>& problems) : source_(source), keys_(keys), problems_(problems) {}
  File read();

 private:
  enum class Place { text, tag, value };
  struct Attribute {
    std::string name;   // in small letters, "data-" before "hx-" left out: as the rules know it
    std::string text;   // as it stands, expressions included
    bool quoted = false;
    int values = 0;     // expressions in it
    bool literal = false;  // has constant text
    std::size_t begin = 0;
  };
  struct Element {
    std::string name;
    std::size_t begin = 0;
    std::vector<Attribute> attributes;
    [[nodiscard]] const Attribute* find(std::string_view attribute) const;
  };
  struct Block {
    enum class Kind { view, condition, loop, wrap } kind = Kind::view;
    std::size_t begin = 0;
    Place place = Place::text;
    std::size_t depth = 0;  // elements that were open
    bool has_else = false;
  };
  struct Control {
    std::size_t begin = 0;
    std::string element;
    std::string id;
  };

  // reader.cpp: the file, text and tags
  void top();
  void content();
  void text();
  void markup();
  void comment();
  void html_comment();
  void open_tag();
  void close_tag();
  void tag();
  void attribute();
  void end_tag(bool closes_itself);
  void value();
  void end_value();
  void raw_text(const std::string& element);
  void check_element(const Element& element);
  void check_control(const Element& element);
  void check_labels();

  // directives.cpp: {{ }} and {% %}
  void hole();
  void put(const std::string& expression, std::size_t begin);
  void message(std::string_view rest, std::size_t begin);
  std::string message_arguments(const Call& call, const std::set<std::string>* placeholders, std::size_t begin);
  void directive();
  void run(std::string_view word, const std::string& rest, std::size_t begin);
  void start_view(const std::string& rest, std::size_t begin);
  void include(const std::string& rest, std::size_t begin);
  void otherwise(const std::string& rest, std::size_t begin);
  void end_block(std::size_t begin);
  void close_level(const Block& block, std::size_t begin);
  void loop(const std::string& rest, std::size_t begin);
  void let(const std::string& rest, std::size_t begin);
  void call(const std::string& rest, std::size_t begin, bool wraps);
  void flag(const std::string& rest, std::size_t begin);
  bool only_in_text(std::string_view what, std::size_t begin);

  void refuse(std::size_t at, std::string text);
  [[nodiscard]] bool sees(std::string_view text) const { return source_.substr(at_).starts_with(text); }
  [[nodiscard]] bool in_view() const { return !blocks_.empty(); }
  [[nodiscard]] bool space_matters() const;
  [[nodiscard]] std::size_t line_of(std::size_t at) const;
  void constant(std::string_view text);
  void shrunk(std::string_view text);  // runs of white space as one
  void code(std::string text, std::size_t begin);
  void open_block(Block::Kind kind, std::size_t begin);
  // A directive or comment alone on its line leaves no trace of the line.
  void swallow_line(std::size_t begin);

  std::string_view source_;
  const Keys& keys_;
  std::vector<Problem>& problems_;
  File file_;
  std::size_t at_ = 0;
  Place place_ = Place::text;
  char quote_ = '"';
  std::vector<Element> elements_;  // open ones; the last is being read while place_ is tag or value
  std::vector<Block> blocks_;
  std::vector<Control> controls_;
  std::set<std::string> labelled_;  // what for="" names
};

}  // namespace viewc
