// guide pages: what a section shows, made ready for its views. Values only; words are already in the reader's language.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/differences.hpp"
#include "guide/checklist.hpp"
#include "guide/records.hpp"
#include "guide/workbook.hpp"
#include "lineage/lineage.hpp"
#include "web/context.hpp"
#include "web/html.hpp"

namespace kedge::guide {

enum class Widget : std::uint8_t { line, area, choice, date, email, phone, organization, contact, member, tick, steps };

struct OptionView {
  std::string id;
  std::string label;
  bool chosen = false;
};

struct FieldView {
  std::string id;        // of the element; unique on the page
  std::string name;
  std::string label;
  std::string help;
  Widget widget = Widget::area;
  std::string value;
  std::string shown;     // as it reads on paper: the option's label, the date in words, the organization's name
  std::size_t limit = 0;
  std::vector<OptionView> options;
  std::string error;
  // How high an empty or short text stands, in lines; what is written makes it grow.
  [[nodiscard]] int lines() const { return value.size() > 240 ? 6 : value.size() > 80 ? 3 : 2; }
  // What describes the field, for aria-describedby: its error, help and limit.
  [[nodiscard]] std::string described_by() const;
};

// The fields of one answer, to read; pages of one moment share them. Whoever changes some gets a copy.
class FieldList {
 public:
  FieldList() : all_(std::make_shared<const std::vector<FieldView>>()) {}
  FieldList(std::vector<FieldView> fields) : all_(std::make_shared<const std::vector<FieldView>>(std::move(fields))) {}  // NOLINT: implicit
  operator const std::vector<FieldView>&() const { return *all_; }  // NOLINT: implicit
  [[nodiscard]] auto begin() const { return all_->begin(); }
  [[nodiscard]] auto end() const { return all_->end(); }
  [[nodiscard]] std::size_t size() const { return all_->size(); }
  [[nodiscard]] bool empty() const { return all_->empty(); }
  template <class Change>
  void change(Change&& change) {
    auto fields = *all_;
    change(fields);
    all_ = std::make_shared<const std::vector<FieldView>>(std::move(fields));
  }

 private:
  std::shared_ptr<const std::vector<FieldView>> all_;
};

// What stands in one answer, in the words of one language.
struct Said {
  FieldList fields;
  std::string title;  // of a row
  std::string sign;   // beside the title: who and when of a list's row, the first words of a given one
};
// The same of the team's, which every reader sees alike until something changes.
struct TeamSaid {
  Said said;
  std::string shown;                             // as EntryView::shown
  std::shared_ptr<const web::SafeHtml> written;  // the fields of its form
};
using TeamWords = std::map<std::pair<std::string, std::string>, TeamSaid>;  // by prompt and row

// A text that came too late and waits beside an answer.
struct BesideView {
  std::string id;          // of the element
  bool own = false;        // one's own answer, from another device
  bool mine = false;       // of the reader's own hand, in the team's answer
  std::string who;
  std::string when;
  std::vector<FieldView> fields;
  web::Url take;     // makes it the answer
  web::Url join;     // both, one after the other
  web::Url settle;   // leaves the answer as it is
};

// One form that saves by itself: a whole prompt, or one row of it.
struct EntryView {
  std::string id;            // of the form
  std::string title;         // of a row
  std::string sign;          // beside the title: who and when of a list's row, the first words of a given one
  std::string about;         // a row's own help
  std::string row;
  FieldList fields;
  std::shared_ptr<const web::SafeHtml> written;  // they, ready; null: written for this page
  std::int64_t version = 0;
  std::string shown;         // what it shows of the records that it names, as JSON; empty when it names none
  bool blank = true;
  bool wrong = false;        // came back with errors
  web::Url save;
  std::string live;          // topic, for the team's
  std::string saved;         // "Saved at 2:15 PM, by Rosa", or empty
  bool removable = false;
  web::Url removal;
  web::Url revisions;        // where earlier texts are
  bool has_revisions = false;
  std::vector<BesideView> besides;
  // of a private one
  enum class Shared : std::uint8_t { no, yes, changed_since, never };
  Shared shared = Shared::no;
  web::Url sharing;
  web::Url taking_back;
  web::Url raising;          // "Make it a finding"
  web::Url acting;           // "Make it an action": of the team's
};

// What a colleague shared.
struct SharedView {
  Id answer;
  std::string who;
  std::string title;         // of the row it belongs to
  std::vector<FieldView> fields;
  web::Url raising;
  web::Url acting;
};

struct LinkView {
  std::string label;
  web::Url url;
};

struct VoiceView {
  Voice voice = Voice::team;
  bool asked = false;
  std::vector<EntryView> entries;
  std::vector<EntryView> added;  // where rows may be added: one empty row, which is kept with its first letter
};

struct ActionView {
  std::string step;
  web::Url url;
  std::string who;
  std::string due;
  std::string status;
  bool late = false;
  std::string resources;
  std::string obstacles;
  std::string informed;
  std::string measure;
  std::string outcome;
};

// The staff care list.
struct MarkRow {
  std::string id;
  std::string label;
  std::string help;
  std::string group;         // heading over this row, where a group begins
  bool well = false;
  bool better = false;
  std::string well_band;     // of a closed list, in words
  std::string better_band;
  web::Url raising;          // where it says something
  web::Url acting;
};
struct ClosedListView {
  Id id;
  std::string closed_on;
  bool result = false;       // else: talk
  bool lost = false;         // closed without result
  std::vector<MarkRow> rows;
  std::vector<std::string> comments;
  std::string before_on;     // when the list before it closed; empty: there is none with a result
  web::Url rounds;           // both beside each other, or why not
};
struct ListView {
  enum class Stage : std::uint8_t { talk, may_open, waiting, marking, not_asked, ticket_lost, room };
  Stage stage = Stage::talk;
  std::string closes_on;
  std::string restarted_on;  // empty: it never began again
  bool said = true;          // whether a result may be said
  std::vector<std::string> asked;   // names of everybody on the roster
  std::vector<MarkRow> rows;
  std::string comment;
  std::vector<std::string> proposals;
  bool may_propose = false;
  bool may_lead = false;
  std::string error;         // at the date of opening
  std::string date_typed;    // or a week from today
  std::vector<std::string> would_ask;  // before it opens: names of everybody who would be asked
  std::string proposal_error;
  std::string proposal_typed;
  std::string comment_error;
  web::Url withdraw;
  web::Url save;
  web::Url open;
  web::Url propose;
  web::Url sheet;
  web::Url papers;           // for leads: the same list on paper
  std::vector<ClosedListView> closed;
};

// What the same question was answered with in the workbook before this one.
struct BeforeEntry {
  std::string title;         // of a row
  std::vector<FieldView> fields;
};
struct BeforeView {
  std::vector<BeforeEntry> own;
  std::vector<BeforeEntry> team;
  std::string workbook;      // that one's title
};

struct CardView {
  std::string id;            // the prompt's
  Kind kind = Kind::reflection;
  std::string label;
  std::string help;
  std::string language;      // code of the words' language where it is not the reader's: they are not translated
  std::string together;
  std::vector<Block> blocks;
  std::vector<Block> more;   // of a long reading on a page to fill: what opens
  std::vector<LinkView> links;
  std::vector<Source> sources;
  bool alone = false;        // a library of one: no sharing, waiting or agreeing
  bool locked = false;       // private answers can't be opened in this session
  bool apart = false;        // on a screen in a room: what everybody answers alone is not shown there
  std::vector<FieldView> earlier;  // what the same voice answered to the prompt that this one asks again
  BeforeView before;
  VoiceView own;
  VoiceView team;
  std::vector<SharedView> shared;       // by others
  std::vector<SharedView> mine_shared;  // one's own, to bring into the team's answer
  web::Url pull;             // takes shared texts into the team's answer
  bool can_pull = false;
  web::Url fragment;         // this card alone
  bool acted = false;        // what was just done is said here
  std::vector<LinkView> onward;  // to the next question of the section, if there is one
  std::string topic;         // of the change feed
  web::Url presence;
  std::vector<std::string> present;  // who else is at this answer now
  std::int64_t team_version = 0;
  std::vector<ActionView> actions;   // of the action table
  web::Url new_action;
  std::vector<ListView> list;        // one, of a checklist
};

struct SectionLink {
  std::string title;
  web::Url url;
  Progress progress = Progress::untouched;
  bool current = false;
};

struct ThreadItem {
  std::string text;
  std::string label;
  web::Url url;
};

// What is wrong with a form that came back, as a link to its field.
struct ProblemView {
  web::Url field;
  std::string words;
};

struct SectionView {
  Id workbook;
  std::string workbook_title;
  web::Url workbook_url;
  std::string id;
  std::string title;
  std::string lede;
  std::string language;      // as a card's
  std::vector<SectionLink> sections;
  std::vector<CardView> cards;
  std::vector<std::string> organizations;  // names to choose from while typing
  std::vector<std::string> contacts;
  std::vector<std::string> members;
  std::vector<ThreadItem> became;   // findings and actions of this section
  std::vector<ProblemView> problems;
  std::string next_title;
  web::Url next;
  web::Url print;
  std::int64_t people = 1;
};

// What a workbook holds for everybody, kept in memory while nobody changes it.
struct Written {
  Workbook book;
  std::vector<Answer> answers;
  std::vector<Beside> besides;
  Records records;
  std::optional<Id> before;  // the workbook of the same guide that was opened before this one
  std::map<Id, std::string> sheets;  // sheets of paper, as their answers are signed
  [[nodiscard]] std::string name_of(const Id& member) const;  // who left and took the name away is a former colleague
  [[nodiscard]] std::string writer_of(const Answer& answer) const;
};

// Everything that one reading of the workbook needs, taken in one snapshot.
struct Material {
  store::Shared<Written> written;
  store::Shared<TeamWords> team;  // null: made anew
  std::vector<PrivateAnswer> own;
  std::vector<PrivateBeside> own_besides;
  store::Shared<Written> before;           // null: there is none
  std::vector<PrivateAnswer> own_before;
  Steps steps = Steps::none;
  bool locked = false;
  [[nodiscard]] std::string name_of(const Id& member) const { return written->name_of(member); }
};
[[nodiscard]] Result<Material> material(store::Read& db, const web::Context& context, const Id& workbook);
// Takes what the team says from what is kept of it: for a page that shows much of it.
Done keep_team_words(store::Read& db, const web::Context& context, Material& all);

// A row that is not kept yet, at a place of its own.
[[nodiscard]] EntryView new_row(const Prompt& prompt, const Place& place, Voice voice, const Material& material, const web::Context& context);
// What one sheet of paper says of a prompt, to type in.
[[nodiscard]] VoiceView sheet_voice(const Prompt& prompt, const Id& sheet, const Material& material, const web::Context& context);
[[nodiscard]] CardView card(const Prompt& prompt, const Material& material, const web::Context& context);
[[nodiscard]] std::vector<FieldView> fields(const Prompt& prompt, const Place& place, Voice voice, const Values& named, const web::Context& context);
// A field's words, marked where the same field of `others` has not got them; `older` says which side this one is.
[[nodiscard]] std::vector<Stretch> words_of(const FieldView& field, const std::vector<FieldView>& others, bool older);
// Whether the team's answer stands open: something is shared, written or wrong, or there is nothing else to fill.
[[nodiscard]] bool team_open(const CardView& card);
// Who sees what stands in one's own fields: of rows the most open state that is true of all of them.
[[nodiscard]] EntryView::Shared seen_by(const VoiceView& own);
// What an answer says, for quotations: its row's title, then every field that says something with its label, each shortened
// so that all fit into `most` characters.
[[nodiscard]] std::string said_in_full(const Prompt& prompt, const Place& place, Voice voice, const Values& named, const web::Context& context, std::size_t most);
// How a row of a prompt is called: the given label, the one typed, or the first words of it.
[[nodiscard]] std::string row_title(const Prompt& prompt, const std::string& row, const Values& values, Language language);

// Addresses of the workbook.
[[nodiscard]] web::Url section_url(const Id& workbook, std::string_view section);
[[nodiscard]] web::Url place_url(const Place& place, Voice voice, std::string_view noun);
[[nodiscard]] web::Url sheet_place_url(const Place& place, const Id& sheet);
// The form of an action that comes from this.
[[nodiscard]] web::Url action_from(const lineage::Ref& ref);

}  // namespace kedge::guide
