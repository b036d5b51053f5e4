// What streams tell, as plain values; shared by pages and the worker that holds the one stream of a browser.

const kRemembered = 200;

// The last changes, so that a page that was made before them and listens after them misses none.
export class Recent {
  constructor() { this.changes = []; }
  add(change) { this.changes.push(change); if (this.changes.length > kRemembered) this.changes.shift(); }
  after(version) { return this.changes.filter((change) => change.version > version); }
}

// {topic, version}, {reload: true}, or null for what is not ours.
export function parse(kind, data) {
  if (kind === "reload") return { reload: true, version: Number.MAX_SAFE_INTEGER };
  try {
    const { topic, version } = JSON.parse(data);
    return typeof topic === "string" ? { topic, version: Number(version) || 0 } : null;
  } catch {
    return null;
  }
}

export function listen(address, tell) {
  const source = new EventSource(address);
  for (const kind of ["change", "reload"]) source.addEventListener(kind, (event) => {
    const change = parse(kind, event.data);
    if (change) tell(change);
  });
  return source;
}

// The change up to which a page is up to date: /live?after=123
export const position = (address) => Number(/[?&]after=(\d+)/.exec(address)?.[1] ?? 0);
