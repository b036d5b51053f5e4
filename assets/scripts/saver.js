// When one form is sent: after a silence, never twice at once, what was typed meanwhile after it. Knows no page and no network.

export const kWaitMs = 700;
const kRetryMs = [3000, 10000, 30000, 60000];

export class Saver {
  // read(): what stands in the form now. post(text, once): {kind: "saved" | "conflict" | "refused" | "lost", …}, never throws.
  // told(state, result): "saving", "saved", "conflict", "refused", "offline",
  // "settled" (a refused text was taken back). fresh(): a new key for a new text.
  constructor({ read, post, told, fresh, later = setTimeout, cancel = clearTimeout }) {
    Object.assign(this, { read, post, told, fresh, later: (work, ms) => later(work, ms), cancel: (timer) => cancel(timer) });
    this.saved = read();
    this.refused = null;   // a text that the server does not want is not sent again
    this.attempt = null;   // {text, once}: repeated as it is while no answer came
    this.sending = false;
    this.lost = 0;
  }

  get waiting() { return this.sending || this.read() !== this.saved; }
  get troubled() { return this.lost > 0 || this.refused !== null; }

  changed() {
    this.cancel(this.timer);
    this.timer = this.later(() => this.save(), kWaitMs);
  }

  // Sends what is not saved yet. Resolves when nothing is left to send or it can't be sent now.
  async save() {
    this.cancel(this.timer);
    while (!this.sending) {
      const text = this.read();
      if (text === this.saved && this.refused !== null) { this.refused = null; this.told("settled"); }
      if (text === this.saved || text === this.refused) return;
      if (this.attempt?.text !== text) this.attempt = { text, once: this.fresh() };
      this.sending = true;
      this.told("saving");
      const result = await this.post(text, this.attempt.once);
      this.sending = false;
      if (!this.learn(text, result)) return;
    }
  }

  // Whether there may be more to send.
  learn(text, result) {
    if (result.kind === "lost") {
      this.told("offline", result);
      this.timer = this.later(() => this.save(), kRetryMs[Math.min(this.lost++, kRetryMs.length - 1)]);
      return false;
    }
    this.lost = 0;
    this.attempt = null;
    this.refused = result.kind === "refused" ? text : null;
    // after a conflict the server has the text too, beside the other one; what is typed on goes after it
    if (result.kind === "saved" || result.kind === "conflict") this.saved = text;
    this.told(result.kind, result);
    return true;
  }

  // A text that an earlier page could not send, put back into the form: its key makes a second arrival harmless.
  resume(text, once) { this.attempt = { text, once }; return this.save(); }

  // The page took over what the server has.
  reset() { this.saved = this.read(); this.refused = null; this.attempt = null; this.lost = 0; this.cancel(this.timer); }
}
