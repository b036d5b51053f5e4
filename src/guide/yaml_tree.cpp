#include "guide/yaml_tree.hpp"

#include <exception>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/text.hpp"

namespace kedge::guide {
namespace {

constexpr std::size_t kMostNodes = 50'000;

struct Stop : std::exception {
  explicit Stop(YamlProblem what) : problem(std::move(what)) {}
  YamlProblem problem;
};

// Builds the tree while the parser goes, so that what is refused is refused before it takes memory.
class Builder final : public YAML::EventHandler {
 public:
  explicit Builder(std::size_t deepest) : deepest_(deepest) {}
  YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(YamlNode::Kind::empty, mark, anchor, {}); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { stop(mark, "guide_check.alias"); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& value) override {
    add(YamlNode::Kind::scalar, mark, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::list, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  [[noreturn]] static void stop(const YAML::Mark& mark, const char* key) { throw Stop({mark.line + 1, key}); }

  YamlNode make(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) stop(mark, "guide_check.alias");
    if (++nodes_ > kMostNodes) stop(mark, "guide_check.too_many_nodes");
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    return node;
  }
  void add(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& value) {
    auto node = make(kind, mark, anchor);
    node.scalar = value;
    place(std::move(node), mark);
  }
  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (open_.size() >= deepest_) stop(mark, "guide_check.too_deep");
    if (!open_.empty() && wants_key(open_.back())) stop(mark, "guide_check.yaml");  // a list as a key
    open_.push_back(make(kind, mark, anchor));
  }
  void close() {
    auto node = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root_ = std::move(node);
    } else {
      open_.back().items.push_back(std::move(node));
    }
  }
  void place(YamlNode node, const YAML::Mark& mark) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (wants_key(open_.back())) {
      if (node.kind != YamlNode::Kind::scalar) stop(mark, "guide_check.yaml");
      open_.back().keys.push_back(std::move(node));
    } else {
      open_.back().items.push_back(std::move(node));
    }
  }
  static bool wants_key(const YamlNode& node) { return node.kind == YamlNode::Kind::map && node.keys.size() == node.items.size(); }

  std::size_t deepest_;
  std::size_t nodes_ = 0;
  std::vector<YamlNode> open_;
  YamlNode root_;
};

}  // namespace

tl::expected<YamlNode, YamlProblem> read_yaml(std::string_view yaml, std::size_t deepest) {
  if (!text::is_utf8(yaml) || yaml.find('\0') != std::string_view::npos) return tl::make_unexpected(YamlProblem{1, "guide_check.not_utf8"});
  try {
    std::istringstream in{std::string(yaml)};
    YAML::Parser parser(in);
    Builder builder(deepest);
    parser.HandleNextDocument(builder);
    auto root = builder.take();
    Builder second(deepest);
    if (parser.HandleNextDocument(second)) return tl::make_unexpected(YamlProblem{second.take().line, "guide_check.one_document"});
    return root;
  } catch (const Stop& stop) {
    return tl::make_unexpected(stop.problem);
  } catch (const YAML::Exception& error) {
    return tl::make_unexpected(YamlProblem{error.mark.is_null() ? 1 : error.mark.line + 1, "guide_check.yaml"});
  } catch (const std::exception&) {  // out of memory, or what a library of others thinks of
    return tl::make_unexpected(YamlProblem{1, "guide_check.yaml"});
  }
}

}  // namespace kedge::guide
