// What could not be sent, kept in this browser, encrypted. The key is made from a value that the server says on each page of
// a session and nowhere else: it is not kept here, so it ends with the session, and what was left behind can't be read.

const kPrefix = "kedge-draft:";
const to_base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const from_base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

export class Drafts {
  // `storage` is localStorage or its like; without a value or without encryption (a page that is not secure) nothing is kept.
  constructor(value, storage, subtle) {
    this.storage = storage;
    this.subtle = subtle;
    this.key = value && subtle && storage ? this.derive(value) : null;
  }

  async derive(value) {
    const hash = await this.subtle.digest("SHA-256", new TextEncoder().encode(`kedge draft 1 ${value}`));
    return this.subtle.importKey("raw", hash, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  // Whether it is kept.
  async keep(id, draft) {
    if (!this.key) return false;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const name = new TextEncoder().encode(id);
      const sealed = await this.subtle.encrypt({ name: "AES-GCM", iv, additionalData: name }, await this.key, new TextEncoder().encode(JSON.stringify(draft)));
      this.storage.setItem(kPrefix + id, JSON.stringify({ iv: to_base64(iv), sealed: to_base64(sealed) }));
      return true;
    } catch {
      return false;  // a full storage
    }
  }

  drop(id) { this.storage?.removeItem(kPrefix + id); }

  names() { return this.storage ? Object.keys(this.storage).filter((name) => name.startsWith(kPrefix)).map((name) => name.slice(kPrefix.length)) : []; }

  // Every draft of this session, [id, draft]; those of another are erased.
  async all() {
    if (!this.key) { this.wipe(); return []; }
    const found = [];
    for (const id of this.names()) {
      try {
        const { iv, sealed } = JSON.parse(this.storage.getItem(kPrefix + id));
        const plain = await this.subtle.decrypt({ name: "AES-GCM", iv: from_base64(iv), additionalData: new TextEncoder().encode(id) }, await this.key, from_base64(sealed));
        found.push([id, JSON.parse(new TextDecoder().decode(plain))]);
      } catch {
        this.drop(id);
      }
    }
    return found;
  }

  wipe() { for (const id of this.names()) this.drop(id); }
}
