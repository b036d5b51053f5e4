#include "viewc/reader.hpp"

#include <algorithm>

#include "viewc/rules.hpp"

namespace viewc {
namespace {

bool is_name_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.' || c == '@';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// A literal value as it stands in double quotes. A < would be no door there, but then none means anything but a tag in all that is written.
std::string safe_value(std::string_view literal) {
  std::string out;
  for (const char c : literal) {
    if (c == '"') out += "&quot;";
    else if (c == '<') out += "&lt;";
    else out += c;
  }
  return out;
}

}  // namespace

Keys read_keys(std::string_view list) {
  Keys out;
  while (!list.empty()) {
    const auto end = list.find('\n');
    auto line = list.substr(0, end);
    list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
    std::set<std::string>* names = nullptr;
    while (!line.empty()) {
      const auto space = line.find(' ');
      const std::string word(line.substr(0, space));
      if (names == nullptr) names = &out[word];
      else names->insert(word);
      line = space == std::string_view::npos ? std::string_view{} : line.substr(space + 1);
    }
  }
  return out;
}

File read(std::string_view source, const Keys& keys, std::vector<Problem>& problems) { return Reader(source, keys, problems).read(); }

const Reader::Attribute* Reader::Element::find(std::string_view attribute) const {
  const auto found = std::ranges::find(attributes, attribute, &Attribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

File Reader::read() {
  while (at_ < source_.size()) {
    if (in_view()) content();
    else top();
  }
  if (in_view()) refuse(blocks_.back().begin, "is not closed by {% end %}");
  check_labels();
  std::ranges::stable_sort(problems_, {}, [](const Problem& problem) { return std::pair(problem.line, problem.column); });
  return std::move(file_);
}

void Reader::top() {
  if (is_space(source_[at_])) return void(++at_);
  if (sees("{#")) return comment();
  if (sees("{%")) return directive();
  refuse(at_, "outside of {% view %} only {% include %} and {# comments #} stand");
  at_ = std::min(source_.find("{%", at_), source_.size());
}

void Reader::content() {
  if (sees("{#")) return comment();
  if (sees("{{")) return hole();
  if (sees("{%")) return directive();
  switch (place_) {
    case Place::text: return source_[at_] == '<' ? markup() : text();
    case Place::tag: return tag();
    case Place::value: return value();
  }
}

void Reader::text() {
  auto end = at_ + 1;
  while (end < source_.size() && source_[end] != '<' && !(source_[end] == '{' && end + 1 < source_.size() && std::string_view("{%#").find(source_[end + 1]) != std::string_view::npos)) ++end;
  const auto run = source_.substr(at_, end - at_);
  if (const auto words = find_words(run)) refuse(at_ + *words, "words in a view: give them a message, {{ t module.key }}");
  if (space_matters()) constant(run);
  else shrunk(run);
  at_ = end;
}

void Reader::markup() {
  if (sees("<!--")) return html_comment();
  if (sees("</")) return close_tag();
  const char next = at_ + 1 < source_.size() ? source_[at_ + 1] : ' ';
  if (next == '!') {
    const auto end = source_.find('>', at_);
    if (lower(source_.substr(at_, 10)) != "<!doctype ") refuse(at_, "<! begins nothing but <!doctype html>");
    constant("<!doctype html>\n");
    at_ = end == std::string_view::npos ? source_.size() : end + 1;
    return;
  }
  if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) return open_tag();
  refuse(at_, "a bare <: write &lt;");
  ++at_;
}

void Reader::comment() {
  const auto begin = at_;
  const auto end = source_.find("#}", at_ + 2);
  if (end == std::string_view::npos) {
    refuse(begin, "{# is not closed by #}");
    at_ = source_.size();
    return;
  }
  at_ = end + 2;
  if (in_view()) swallow_line(begin);
}

// Not written: comments for whoever reads the view are {# #}.
void Reader::html_comment() {
  const auto begin = at_;
  auto end = source_.find("-->", at_ + 4);
  if (end == std::string_view::npos) refuse(begin, "<!-- is not closed by -->"), end = source_.size();
  for (const std::string_view sign : {"{{", "{%"})
    if (const auto inside = source_.substr(0, end).find(sign, begin); inside != std::string_view::npos) refuse(inside, "a value in a comment");
  at_ = std::min(end + 3, source_.size());
}

void Reader::open_tag() {
  const auto begin = at_;
  auto end = at_ + 1;
  while (end < source_.size() && is_name_sign(source_[end])) ++end;
  Element element{std::string(source_.substr(begin + 1, end - begin - 1)), begin, {}};
  if (const auto why = refused_element(lower(element.name))) refuse(begin, "<" + element.name + ">: " + std::string(*why));
  constant("<" + element.name);
  elements_.push_back(std::move(element));
  place_ = Place::tag;
  at_ = end;
}

void Reader::close_tag() {
  const auto begin = at_;
  const auto end = source_.find('>', at_);
  const std::string name(trim(source_.substr(begin + 2, end == std::string_view::npos ? end : end - begin - 2)));
  at_ = end == std::string_view::npos ? source_.size() : end + 1;
  if (elements_.empty() || elements_.size() <= blocks_.back().depth)
    return refuse(begin, "</" + name + "> closes nothing that this block opened");
  if (elements_.back().name != name) {
    const auto& open = elements_.back();
    return refuse(begin, "</" + name + ">, but <" + open.name + "> of line " + std::to_string(line_of(open.begin)) + " is open");
  }
  elements_.pop_back();
  constant("</" + name + ">");
}

void Reader::tag() {
  if (is_space(source_[at_])) return void(++at_);
  if (sees("/>")) return at_ += 2, end_tag(true);
  if (source_[at_] == '>') return ++at_, end_tag(false);
  if (is_name_sign(source_[at_])) return attribute();
  refuse(at_, "a sign that can't stand among attributes");
  ++at_;
}

void Reader::attribute() {
  const auto begin = at_;
  while (at_ < source_.size() && is_name_sign(source_[at_])) ++at_;
  const auto written = source_.substr(begin, at_ - begin);
  Attribute now{lower(written), {}, false, 0, false, begin};
  if (now.name.starts_with("data-hx-")) now.name.erase(0, 5);  // htmx reads both
  auto& element = elements_.back();
  if (const auto why = refused_attribute(now.name)) refuse(begin, now.name + ": " + std::string(*why));
  const bool conditional = blocks_.back().place != Place::text;
  if (!conditional && element.find(now.name) != nullptr) refuse(begin, now.name + " stands twice in this tag");
  constant(" " + std::string(written));
  element.attributes.push_back(std::move(now));
  auto next = at_;
  while (next < source_.size() && is_space(source_[next])) ++next;
  if (next >= source_.size() || source_[next] != '=') return;
  ++next;
  while (next < source_.size() && is_space(source_[next])) ++next;
  if (next < source_.size() && (source_[next] == '"' || source_[next] == '\'')) {
    quote_ = source_[next];
    constant("=\"");
    element.attributes.back().quoted = true;
    place_ = Place::value;
    at_ = next + 1;
    return;
  }
  refuse(next, "a value without quotes");
  at_ = next;
  if (sees("{{")) at_ = read_expression(source_, at_ + 2, "}}").end;
  while (at_ < source_.size() && !is_space(source_[at_]) && source_[at_] != '>') ++at_;
}

void Reader::value() {
  auto end = at_;
  while (end < source_.size() && source_[end] != quote_ &&
         !(source_[end] == '{' && end + 1 < source_.size() && std::string_view("{%#").find(source_[end + 1]) != std::string_view::npos))
    ++end;
  const auto part = source_.substr(at_, end - at_);
  auto& now = elements_.back().attributes.back();
  if (!part.empty()) {
    now.literal = true;
    now.text += part;
    if (is_spoken(now.name))
      if (const auto words = find_words(part)) refuse(at_ + *words, "words in " + now.name + ": give them a message, {{ t module.key }}");
    constant(safe_value(part));
  }
  at_ = end;
  if (at_ >= source_.size() || source_[at_] != quote_) return;
  ++at_;
  end_value();
}

void Reader::end_value() {
  const auto& now = elements_.back().attributes.back();
  if (blocks_.back().place == Place::value) {
    refuse(at_ - 1, "the value ends inside of a {% block %} that began in it");
    for (auto& block : blocks_)
      if (block.place == Place::value) block.place = Place::tag;
  }
  constant("\"");
  place_ = Place::tag;
  if (!takes_url(now.name)) return;
  if (now.values > 1 || (now.values == 1 && now.literal)) refuse(now.begin, now.name + ": one Url is the whole value; build it with Url::path");
  const auto scheme = lower(trim(now.text));
  for (const std::string_view bad : {"javascript:", "data:", "vbscript:"})
    if (scheme.starts_with(bad)) refuse(now.begin, now.name + ": not an address");
}

void Reader::end_tag(bool closes_itself) {
  place_ = Place::text;
  const auto element = elements_.back();
  if (blocks_.back().place != Place::text) {
    refuse(at_ - 1, "the tag ends inside of a {% block %} that began in it");
    for (auto& block : blocks_) {  // so that none goes back into a tag that is no more
      block.place = Place::text;
      block.depth = std::min(block.depth, elements_.size() - 1);
    }
  }
  const auto name = lower(element.name);
  check_element(element);
  const bool drawn = std::ranges::any_of(elements_, [](const Element& open) { return open.name == "svg" || open.name == "math"; });
  if (is_void(name)) {
    constant(">");
    elements_.pop_back();
    return;
  }
  if (closes_itself && drawn) {
    constant("/>");
    elements_.pop_back();
    return;
  }
  if (closes_itself) refuse(at_ - 2, "<" + element.name + " /> needs an end tag");
  constant(">");
  if (keeps_space(name)) constant("\n");  // the first line end inside is dropped by browsers: ours, not one of the text
  if (name == "script" || name == "style") raw_text(element.name);
}

// The inside of <script> and <style>: nothing at all.
void Reader::raw_text(const std::string& element) {
  const auto end = std::min(source_.find("</" + element, at_), source_.size());
  const auto inside = source_.substr(at_, end - at_);
  const auto sign = std::min(inside.find("{{"), inside.find("{%"));
  if (sign != std::string_view::npos) refuse(at_ + sign, "a value in <" + element + ">");
  else if (!trim(inside).empty()) refuse(at_, "an inline <" + element + ">: it lives in assets/");
  at_ = end;
}

void Reader::check_element(const Element& element) {
  const auto name = lower(element.name);
  const auto* type = element.find("type");
  const bool sends = name == "input" && type != nullptr && (type->text == "submit" || type->text == "button" || type->text == "reset");
  if (name == "img" && element.find("alt") == nullptr) refuse(element.begin, "<img> without alt; alt=\"\" when it only decorates");
  if (name == "script" && element.find("src") == nullptr) refuse(element.begin, "<script> without src: scripts live in assets/");
  const auto* spoken = element.find(sends ? "value" : "content");
  if (spoken != nullptr && name == "meta") {
    const auto* what = element.find("name");
    if (element.find("http-equiv") != nullptr && spoken->values > 0) refuse(spoken->begin, "a value in content of http-equiv");
    if (what == nullptr || what->text != "description") spoken = nullptr;
  }
  if (spoken != nullptr && (sends || name == "meta") && spoken->values == 0 && find_words(spoken->text))
    refuse(spoken->begin, "words in " + spoken->name + ": give them a message, {{ t module.key }}");
  if (name == "label")
    if (const auto* names = element.find("for")) labelled_.insert(names->text);
  check_control(element);
}

void Reader::check_control(const Element& element) {
  const auto name = lower(element.name);
  if (name != "input" && name != "select" && name != "textarea") return;
  const auto* type = element.find("type");
  if (name == "input" && type != nullptr && (type->text == "hidden" || type->text == "submit")) return;
  const auto* label = element.find("aria-label");
  const auto* labelled_by = element.find("aria-labelledby");
  if ((label != nullptr && !label->text.empty()) || (labelled_by != nullptr && !labelled_by->text.empty())) return;
  if (std::ranges::any_of(elements_, [](const Element& open) { return open.name == "label"; })) return;
  const auto* id = element.find("id");
  controls_.push_back({element.begin, element.name, id == nullptr ? std::string{} : id->text});
}

// At the end of the file, for a label may come after its control.
void Reader::check_labels() {
  for (const auto& control : controls_)
    if (control.id.empty() || !labelled_.contains(control.id))
      refuse(control.begin, "<" + control.element + "> without a label: put it in a <label>, name it by for, or give it aria-label");
}

void Reader::refuse(std::size_t at, std::string text) {
  at = std::min(at, source_.size());
  const auto before = source_.substr(0, at);
  const auto line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto column = std::ranges::count_if(before.substr(line_begin), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; });
  problems_.push_back({line_of(at), static_cast<std::size_t>(column) + 1, std::move(text)});
}

std::size_t Reader::line_of(std::size_t at) const { return 1 + static_cast<std::size_t>(std::ranges::count(source_.substr(0, at), '\n')); }

bool Reader::space_matters() const {
  return std::ranges::any_of(elements_, [](const Element& open) { return keeps_space(lower(open.name)); });
}

void Reader::constant(std::string_view text) {
  if (file_.views.empty()) return;
  auto& steps = file_.views.back().steps;
  if (!steps.empty() && steps.back().kind == Step::Kind::constant) steps.back().text += text;
  else if (!text.empty()) steps.push_back({Step::Kind::constant, std::string(text), line_of(at_)});
}

void Reader::shrunk(std::string_view text) {
  auto& steps = file_.views.back().steps;
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(static_cast<std::size_t>(std::ranges::find_if_not(text, is_space) - text.begin()), text.size());
    if (end > 0) {
      const bool after_space =
          out.empty() && (steps.empty() || (steps.back().kind == Step::Kind::constant && is_space(steps.back().text.back())));
      if (!after_space) out += text.substr(0, end).find('\n') == std::string_view::npos ? ' ' : '\n';
      text.remove_prefix(end);
      continue;
    }
    out += text.front();
    text.remove_prefix(1);
  }
  constant(out);
}

void Reader::code(std::string text, std::size_t begin) {
  if (!file_.views.empty()) file_.views.back().steps.push_back({Step::Kind::code, std::move(text), line_of(begin)});
}

void Reader::swallow_line(std::size_t begin) {
  if (place_ != Place::text || space_matters()) return;
  auto before = begin;
  while (before > 0 && (source_[before - 1] == ' ' || source_[before - 1] == '\t')) --before;
  if (before > 0 && source_[before - 1] != '\n') return;
  auto after = at_;
  while (after < source_.size() && (source_[after] == ' ' || source_[after] == '\t' || source_[after] == '\r')) ++after;
  if (after < source_.size() && source_[after] != '\n') return;
  while (after < source_.size() && is_space(source_[after])) ++after;
  at_ = after;
}

}  // namespace viewc
