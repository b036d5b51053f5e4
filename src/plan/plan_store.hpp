// The SQL of plan. Inside plan only.
#pragma once

#include "plan/asking.hpp"
#include "plan/feed.hpp"
#include "plan/plan.hpp"
#include "store/query.hpp"

namespace kedge::plan {

using Text = std::string;

extern const store::Query<Action(Id)> kActions;
extern const store::Query<Action(Id, Id)> kActionsOf;
extern const store::Query<Action(Id, Id)> kAction;
extern const store::Query<void(Id, Id, Id, Text, Id, Id, Date, Status, Text, Text, Text, Text, Text, std::int64_t,
                               std::optional<std::int64_t>, Date)> kAddAction;
extern const store::Query<void(Id, Text, Id, Id, Date, Status, Text, Text, Text, Text, Text, std::optional<std::int64_t>, std::int64_t, Date, Id)> kChangeAction;
extern const store::Query<void(Id, std::int64_t, Id)> kRemoveAction;
extern const store::Query<void(Id, Id)> kRestoreAction;
extern const store::Query<Id(Id, std::int64_t)> kOutlived;
extern const store::Query<void(Id, Id)> kDropCheckIns;
extern const store::Query<void(Id, Id)> kDropAction;

extern const store::Query<void(Id, Id, Id, Id, Text, std::int64_t)> kAddCheckIn;
extern const store::Query<void(Id, std::int64_t, Date, Id)> kLookAt;
extern const store::Query<CheckIn(Id, Id)> kCheckIns;
extern const store::Query<CheckIn(Id)> kAllCheckIns;

extern const store::Query<Feed(Id, Id)> kFeed;
extern const store::Query<void(Id, Id, store::Bytes, Holds, Date)> kAddFeed;
extern const store::Query<void(Id, Id)> kRemoveFeed;
extern const store::Query<FoundFeed(store::Bytes)> kFindFeed;

extern const store::Query<void(Id, Id, store::Bytes, Id, Id, Id, bool, std::int64_t)> kAddAsked;
extern const store::Query<Asked(store::Bytes, std::int64_t)> kFindAsked;
extern const store::Query<void(Id, Id)> kUseAsked;
extern const store::Query<void(Id, Id)> kDropAsked;
extern const store::Query<void(Id, Id)> kDropAskedOfMember;
extern const store::Query<void(Id, std::int64_t)> kTidyAsked;

struct DigestRow {
  Id member;
  bool wanted = true;
  Date sent_on;
};
extern const store::Query<DigestRow(Id)> kDigests;
extern const store::Query<DigestRow(Id, Id)> kDigest;
extern const store::Query<void(Id, Id, bool, Date)> kAddDigest;
extern const store::Query<void(Id, bool, Id)> kChooseDigest;
extern const store::Query<void(Id, Date, Id)> kDigestSent;
extern const store::Query<void(Id, Id)> kForgetDigest;

}  // namespace kedge::plan
