// A house with the guide's pages and what they stand on, for tests of pages.
#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "directory/pages/routes.hpp"
#include "guide/exchange.hpp"
#include "guide/pages/routes.hpp"
#include "guide/workbook.hpp"
#include "house.hpp"
#include "lineage/lineage.hpp"
#include "plan/plan.hpp"
#include "web/serve.hpp"

namespace kedge {

inline std::unique_ptr<web::TestHouse> guide_house(store::Engine engine = store::Engine::sqlite) {
  setenv("KEDGE_SHARE", KEDGE_SOURCE, 1);
  guide::wire();
  return std::make_unique<web::TestHouse>(
      std::vector<web::Routes>{guide::kRoutes, directory::pages::kRoutes},
      store::joined({store::kMigrations, identity::kMigrations, lineage::kMigrations, directory::kMigrations, plan::kMigrations, guide::kMigrations, web::kMigrations}), engine);
}

// Each test on both engines, with Rosa, a lead, signed in.
class GuideHouse : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    KEDGE_NEEDS_ENGINE(GetParam());
    house_ = guide_house(GetParam());
    rosa_ = std::make_unique<web::Browser>(house_->enter("Rosa", {Role::lead}));
    scope_ = house_->scope(*rosa_, {Role::lead});
  }
  // A workbook from its JSON.
  Id bring(const std::string& json) {
    return house_->database->write(scope_, [&](store::Tx& tx) { return guide::import_workbook(tx, scope_, json, nullptr); }).value().workbook;
  }

  std::unique_ptr<web::TestHouse> house_;
  std::unique_ptr<web::Browser> rosa_;
  store::Scope scope_;
};

}  // namespace kedge
