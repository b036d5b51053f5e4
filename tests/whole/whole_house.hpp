// A house with every module, for tests of what spans them.
#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "app/wiring.hpp"
#include "house.hpp"

namespace kedge::app {

inline std::unique_ptr<web::TestHouse> whole_house(store::Engine engine = store::Engine::sqlite) {
  setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
  auto house = std::make_unique<web::TestHouse>(routes(), migrations(), engine);
  wire(house->house);
  return house;
}

// Each test on both engines, with Rosa, administrator and lead, signed in.
class WholeHouse : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    house_ = whole_house(GetParam());
    rosa_ = std::make_unique<web::Browser>(house_->enter("Rosa", {Role::administrator, Role::lead}));
  }

  std::unique_ptr<web::TestHouse> house_;
  std::unique_ptr<web::Browser> rosa_;
};

}  // namespace kedge::app
