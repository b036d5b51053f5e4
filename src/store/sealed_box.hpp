// store: a sealed box: as many equal slots as there are tickets, in one blob under one key (PRIVACY.md 4).
// A slot is found by its ticket alone; every sealing shuffles the slots and takes a fresh nonce, so that neither place,
// length nor order tells who wrote or when. Values only: where the blob lies is the caller's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"

namespace kedge::store {

class SealedBox {
 public:
  static constexpr std::size_t kTicketSize = 16;  // bytes

  // One empty slot a ticket. `slot_bytes`: the longest payload.
  [[nodiscard]] static SealedBox fresh(const std::vector<std::string>& tickets, std::size_t slot_bytes);
  [[nodiscard]] static std::string fresh_ticket();
  // Errors: forbidden "crypto.wrong_key".
  [[nodiscard]] static Result<SealedBox> open(const crypto::Key& key, std::string_view sealed, std::string_view bound_to);
  [[nodiscard]] std::string seal(const crypto::Key& key, std::string_view bound_to);

  // What was put into the ticket's slot; empty when nothing was. Errors: not_found "store.box.no_ticket".
  [[nodiscard]] Result<std::string> read(std::string_view ticket) const;
  // Errors: not_found; too_large when the payload does not fit.
  Done write(std::string_view ticket, std::string_view payload);
  // The payloads of all slots that were written, in no order.
  [[nodiscard]] std::vector<std::string> written() const;
  [[nodiscard]] std::size_t slots() const { return slots_.size(); }

 private:
  struct Slot {
    std::string ticket;
    bool used = false;
    std::string payload;
  };
  void shuffle();
  std::vector<Slot> slots_;
  std::size_t slot_bytes_ = 0;
};

}  // namespace kedge::store
