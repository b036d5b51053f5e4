// Looks at the example on port 8080, from inside the machine of tests/package.mjs: node tests/package/visit.mjs health|example|documents
import { enter, sleep, workbook } from "../service.mjs";

const address = "http://127.0.0.1:8080";
const beginnings = { pdf: "%PDF-", docx: "PK", md: "# " };

// A page says that it is being made, and where it will be (Refresh), until the file comes.
async function document(person, path) {
  for (const until = Date.now() + 120000; Date.now() < until; await sleep(300)) {
    const got = await fetch(address + path, { redirect: "manual", headers: { cookie: person.cookie() } });
    const bytes = Buffer.from(await got.arrayBuffer());
    if (got.status !== 200) throw new Error(`${path}: ${got.status}`);
    const next = /url=(.*)$/.exec(got.headers.get("refresh") ?? "");
    if (!next) return bytes;
    path = next[1];
  }
  throw new Error(`${path} is not ready`);
}

if (process.argv[2] === "health") {
  if (!(await fetch(`${address}/health`)).ok) throw new Error("it is not well");
} else {
  const rosa = await enter(address, "Rosa");
  const book = await workbook(rosa);
  for (const [format, beginning] of process.argv[2] === "documents" ? Object.entries(beginnings) : []) {
    const bytes = await document(rosa, `${book}/document?format=${format}`);
    if (!bytes.subarray(0, beginning.length).equals(Buffer.from(beginning))) throw new Error(`${format} begins with ${bytes.subarray(0, 40)}`);
    console.log(`${format}: ${bytes.length} bytes`);
  }
}
