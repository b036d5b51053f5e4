#include "store/sealed_box.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kedge::store {
namespace {

class SealedBoxTest : public ::testing::Test {
 protected:
  void SetUp() override { crypto::start(); }
  crypto::Key key_ = crypto::Key::random();
  std::vector<std::string> tickets_{SealedBox::fresh_ticket(), SealedBox::fresh_ticket(), SealedBox::fresh_ticket()};
};

TEST_F(SealedBoxTest, HasTheSameLengthWhateverIsInIt) {
  auto box = SealedBox::fresh(tickets_, 100);
  const auto empty = box.seal(key_, "list");
  ASSERT_TRUE(box.write(tickets_[1], "a mark").has_value());
  const auto one = box.seal(key_, "list");
  for (const auto& ticket : tickets_) ASSERT_TRUE(box.write(ticket, std::string(100, 'x')).has_value());
  const auto full = box.seal(key_, "list");
  EXPECT_EQ(empty.size(), one.size());
  EXPECT_EQ(empty.size(), full.size());
  EXPECT_NE(one, box.seal(key_, "list")) << "a fresh nonce each time";
}

TEST_F(SealedBoxTest, OpensEachSlotByItsTicketAlone) {
  auto box = SealedBox::fresh(tickets_, 10);
  ASSERT_TRUE(box.write(tickets_[0], "first").has_value());
  ASSERT_TRUE(box.write(tickets_[0], "again").has_value());
  const auto again = SealedBox::open(key_, box.seal(key_, "list"), "list");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->read(tickets_[0]).value(), "again");
  EXPECT_EQ(again->read(tickets_[1]).value(), "");
  EXPECT_EQ(again->read(SealedBox::fresh_ticket()).error().fault, Fault::not_found);
  EXPECT_EQ(again->written(), std::vector<std::string>{"again"});
  EXPECT_FALSE(SealedBox::open(key_, box.seal(key_, "list"), "another list").has_value());
  EXPECT_FALSE(SealedBox::open(crypto::Key::random(), box.seal(key_, "list"), "list").has_value());
}

TEST_F(SealedBoxTest, RefusesWhatDoesNotFit) {
  auto box = SealedBox::fresh(tickets_, 4);
  EXPECT_EQ(box.write(tickets_[0], "12345").error().fault, Fault::too_large);
  EXPECT_EQ(box.write(SealedBox::fresh_ticket(), "1").error().fault, Fault::not_found);
  EXPECT_TRUE(box.written().empty());
}

TEST_F(SealedBoxTest, KeepsNoOrderOfWriting) {
  // the slot that was written lies first about as often as the others: 3 slots, 600 sealings, 200 expected, 5 sigma is 58
  auto box = SealedBox::fresh(tickets_, 4);
  ASSERT_TRUE(box.write(tickets_[0], "one").has_value());
  int first = 0;
  for (int i = 0; i < 600; ++i) {
    const auto plain = crypto::open(key_, box.seal(key_, ""), "").value();
    if (plain.substr(8, SealedBox::kTicketSize) == tickets_[0]) ++first;
  }
  EXPECT_GT(first, 142);
  EXPECT_LT(first, 258);
}

}  // namespace
}  // namespace kedge::store
