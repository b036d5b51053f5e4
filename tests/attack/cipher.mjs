// What root could open while a list is open, with the keyring in hand (PRIVACY.md 4 says so): the keyed BLAKE2b and the
// XChaCha20-Poly1305 of libsodium, on Node's own ChaCha20. Only to look at the order of slots.
import { createDecipheriv } from "node:crypto";

const kMask = (1n << 64n) - 1n;
const kStart = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n, 0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
const kOrder = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3], [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8], [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10], [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const turn = (x, by) => ((x >> by) | (x << (64n - by))) & kMask;

// RFC 7693, for a key and a message of one block each.
function keyed_hash(key, message) {
  const blocks = [Buffer.alloc(128), Buffer.alloc(128)];
  key.copy(blocks[0]);
  message.copy(blocks[1]);
  const h = [...kStart];
  h[0] ^= BigInt(0x01010000 ^ (key.length << 8) ^ 32);
  blocks.forEach((block, index) => {
    const m = Array.from({ length: 16 }, (_, i) => block.readBigUInt64LE(i * 8));
    const v = [...h, ...kStart];
    v[12] ^= BigInt(index === 0 ? 128 : 128 + message.length);
    if (index === 1) v[14] ^= kMask;
    const mix = (a, b, c, d, x, y) => {
      v[a] = (v[a] + v[b] + x) & kMask; v[d] = turn(v[d] ^ v[a], 32n);
      v[c] = (v[c] + v[d]) & kMask; v[b] = turn(v[b] ^ v[c], 24n);
      v[a] = (v[a] + v[b] + y) & kMask; v[d] = turn(v[d] ^ v[a], 16n);
      v[c] = (v[c] + v[d]) & kMask; v[b] = turn(v[b] ^ v[c], 63n);
    };
    for (let round = 0; round < 12; ++round) {
      const s = kOrder[round % 10].map((at) => m[at]);
      mix(0, 4, 8, 12, s[0], s[1]); mix(1, 5, 9, 13, s[2], s[3]); mix(2, 6, 10, 14, s[4], s[5]); mix(3, 7, 11, 15, s[6], s[7]);
      mix(0, 5, 10, 15, s[8], s[9]); mix(1, 6, 11, 12, s[10], s[11]); mix(2, 7, 8, 13, s[12], s[13]); mix(3, 4, 9, 14, s[14], s[15]);
    }
    for (let i = 0; i < 8; ++i) h[i] ^= v[i] ^ v[i + 8];
  });
  const out = Buffer.alloc(64);
  h.forEach((word, i) => out.writeBigUInt64LE(word, i * 8));
  return out.subarray(0, 32);
}

function hchacha20(key, nonce) {
  const s = new Uint32Array(16);
  s.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let i = 0; i < 8; ++i) s[4 + i] = key.readUInt32LE(i * 4);
  for (let i = 0; i < 4; ++i) s[12 + i] = nonce.readUInt32LE(i * 4);
  const turned = (x, by) => (x << by) | (x >>> (32 - by));
  const quarter = (a, b, c, d) => {
    s[a] += s[b]; s[d] = turned(s[d] ^ s[a], 16); s[c] += s[d]; s[b] = turned(s[b] ^ s[c], 12);
    s[a] += s[b]; s[d] = turned(s[d] ^ s[a], 8); s[c] += s[d]; s[b] = turned(s[b] ^ s[c], 7);
  };
  for (let i = 0; i < 10; ++i) {
    quarter(0, 4, 8, 12); quarter(1, 5, 9, 13); quarter(2, 6, 10, 14); quarter(3, 7, 11, 15);
    quarter(0, 5, 10, 15); quarter(1, 6, 11, 12); quarter(2, 7, 8, 13); quarter(3, 4, 9, 14);
  }
  const out = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((from, to) => out.writeUInt32LE(s[from], to * 4));
  return out;
}

function opened(key, sealed, bound_to) {
  const nonce = Buffer.concat([Buffer.alloc(4), sealed.subarray(16, 24)]);
  const cipher = createDecipheriv("chacha20-poly1305", hchacha20(key, sealed.subarray(0, 16)), nonce, { authTagLength: 16 });
  const body = sealed.subarray(24, -16);
  cipher.setAAD(Buffer.from(bound_to), { plaintextLength: body.length });
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(body), cipher.final()]);
}

// `wrapped`: rows of the keyring {library_id, name, bytes}. Throws when a key does not fit: then this file is wrong.
export function box_key(wrapped, library, list) {
  const installation = wrapped.find(({ name }) => name === "installation").bytes;
  const name = `checklist/${list}`;
  return opened(keyed_hash(installation, Buffer.from("keyring")), wrapped.find((row) => row.name === name).bytes, `${library}/${name}`);
}

// The slots of a box, in their order: [{ ticket, used }]
export function slots(key, sealed, library, list) {
  const plain = opened(key, sealed, `checklist/${library}/${list}`);
  const stride = 16 + 1 + 4 + plain.readUInt32LE(0);
  return Array.from({ length: plain.readUInt32LE(4) }, (_, i) => {
    const slot = plain.subarray(8 + i * stride, 8 + (i + 1) * stride);
    return { ticket: slot.subarray(0, 16).toString("hex"), used: slot[16] !== 0 };
  });
}
