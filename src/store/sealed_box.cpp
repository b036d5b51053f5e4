#include "store/sealed_box.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kedge::store {
namespace {

void put_number(std::string& out, std::size_t number) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((number >> shift) & 0xff);
}
std::size_t number_at(std::string_view bytes, std::size_t at) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

}  // namespace

std::string SealedBox::fresh_ticket() {
  std::string ticket(kTicketSize, '\0');
  crypto::fill_random(ticket.data(), ticket.size());
  return ticket;
}

SealedBox SealedBox::fresh(const std::vector<std::string>& tickets, std::size_t slot_bytes) {
  SealedBox box;
  box.slot_bytes_ = slot_bytes;
  for (const auto& ticket : tickets) box.slots_.push_back({ticket, false, {}});
  return box;
}

// Layout: slot size, number of slots, then a slot each: ticket, used, length of the payload, the payload padded.
Result<SealedBox> SealedBox::open(const crypto::Key& key, std::string_view sealed, std::string_view bound_to) {
  TRY(const auto plain, crypto::open(key, sealed, bound_to));
  if (plain.size() < 8) return fail(Fault::internal, "store.broken_row", "a box without a head");
  SealedBox box;
  box.slot_bytes_ = number_at(plain, 0);
  const auto count = number_at(plain, 4);
  const auto stride = kTicketSize + 1 + 4 + box.slot_bytes_;
  if (plain.size() != 8 + count * stride) return fail(Fault::internal, "store.broken_row", "a box of another size");
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view slot(plain.data() + 8 + i * stride, stride);
    const auto length = number_at(slot, kTicketSize + 1);
    if (length > box.slot_bytes_) return fail(Fault::internal, "store.broken_row", "a slot of another size");
    box.slots_.push_back({std::string(slot.substr(0, kTicketSize)), slot[kTicketSize] != 0, std::string(slot.substr(kTicketSize + 5, length))});
  }
  return box;
}

std::string SealedBox::seal(const crypto::Key& key, std::string_view bound_to) {
  shuffle();
  std::string plain;
  put_number(plain, slot_bytes_);
  put_number(plain, slots_.size());
  for (const auto& slot : slots_) {
    plain += slot.ticket;
    plain += slot.used ? '\1' : '\0';
    put_number(plain, slot.payload.size());
    plain += slot.payload;
    plain.append(slot_bytes_ - slot.payload.size(), '\0');
  }
  return crypto::seal(key, plain, bound_to);
}

Result<std::string> SealedBox::read(std::string_view ticket) const {
  for (const auto& slot : slots_)
    if (crypto::same(slot.ticket, ticket)) return slot.payload;
  return fail(Fault::not_found, "store.box.no_ticket");
}

Done SealedBox::write(std::string_view ticket, std::string_view payload) {
  if (payload.size() > slot_bytes_) return fail(Fault::too_large, "store.box.too_large");
  for (auto& slot : slots_) {
    if (!crypto::same(slot.ticket, ticket)) continue;
    slot.used = true;
    slot.payload = std::string(payload);
    return {};
  }
  return fail(Fault::not_found, "store.box.no_ticket");
}

std::vector<std::string> SealedBox::written() const {
  SealedBox mixed = *this;
  mixed.shuffle();
  std::vector<std::string> payloads;
  for (auto& slot : mixed.slots_)
    if (slot.used) payloads.push_back(std::move(slot.payload));
  return payloads;
}

void SealedBox::shuffle() {
  for (std::size_t i = slots_.size(); i > 1; --i) std::swap(slots_[i - 1], slots_[crypto::random_below(static_cast<std::uint32_t>(i))]);
}

}  // namespace kedge::store
