#include "core/crypto.hpp"

#include <gtest/gtest.h>

namespace kedge::crypto {
namespace {

class Crypto : public ::testing::Test {
 protected:
  void SetUp() override { start(); }
};

TEST_F(Crypto, OpensOnlyWithTheKeyAndWhatItWasBoundTo) {
  const auto key = Key::random();
  const auto sealed = seal(key, "ten minutes off the floor", "library/member/row");
  EXPECT_EQ(open(key, sealed, "library/member/row").value(), "ten minutes off the floor");
  EXPECT_FALSE(open(key, sealed, "library/member/other").has_value());
  EXPECT_FALSE(open(Key::random(), sealed, "library/member/row").has_value());
  auto bent = sealed;
  bent.back() = static_cast<char>(bent.back() ^ 1);
  EXPECT_FALSE(open(key, bent, "library/member/row").has_value());
  EXPECT_FALSE(open(key, "short", "library/member/row").has_value());
  EXPECT_NE(seal(key, "same", ""), seal(key, "same", ""));
}

TEST_F(Crypto, SealsToAMemberWithoutTheMembersKey) {
  const auto member = Key::random();
  const auto sealed = seal_to(public_key(member), "a ticket");
  ASSERT_TRUE(sealed.has_value());
  EXPECT_EQ(open_sealed(member, *sealed).value(), "a ticket");
  EXPECT_FALSE(open_sealed(Key::random(), *sealed).has_value());
}

TEST_F(Crypto, SplitsAPasswordIntoVerifierAndWrappingKey) {
  const auto salt = fresh_salt();
  const auto one = from_password("harbor lights at dusk", salt);
  const auto again = from_password("harbor lights at dusk", salt);
  EXPECT_TRUE(same(one.verifier, again.verifier));
  EXPECT_EQ(one.wrapping.bytes(), again.wrapping.bytes());
  EXPECT_NE(one.verifier, one.wrapping.bytes());
  EXPECT_FALSE(same(one.verifier, from_password("harbor lights at dawn", salt).verifier));
  EXPECT_FALSE(same("", ""));
}

TEST_F(Crypto, WritesTokensAndCodes) {
  EXPECT_EQ(fresh_token().size(), 22u);
  EXPECT_EQ(from_base64url(to_base64url("\x01\xff kedge")).value(), "\x01\xff kedge");
  EXPECT_FALSE(from_base64url("a+b/").has_value());
  const auto code = fresh_code(200);
  EXPECT_EQ(code.find_first_of("0O1IL"), std::string::npos);
  EXPECT_EQ(to_hex("\x0a\xff"), "0aff");
}

}  // namespace
}  // namespace kedge::crypto
