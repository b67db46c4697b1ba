// Writes a store as the plugin does: the same table, the same lock, the same three ways to patch.
// Arguments: the store's folder, and how many numbers a vector has.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { connect, Index } from "@lancedb/lancedb";
import lockfile from "proper-lockfile";
import { pause, say, serve } from "./lines.mjs";

const folder = process.argv[2];
const target = join(folder, ".memory-write.lock");
const DIMENSIONS = Number(process.argv[3] ?? 16);

const db = await connect(folder);
let table;
let writing = Promise.resolve();
let stopped = true;
const acknowledged = [];
let waits = [];

const open = async () => (table ??= await db.openTable("memories"));
const quoted = (id) => `'${id.replaceAll("'", "''")}'`;

// One word that only this row has, and a vector of its own.
const word = (i) => `zanzibar${i}q`;
const vector = (i) => Array.from({ length: DIMENSIONS }, (_, d) => Math.sin((i + 1) * (d + 1)));

function plain(row) {
  return {
    id: row.id,
    text: row.text,
    vector: Array.from(row.vector),
    category: row.category,
    scope: row.scope,
    importance: row.importance,
    timestamp: row.timestamp,
    metadata: row.metadata,
  };
}

async function read(id) {
  const rows = await (await open()).query().where(`id = ${quoted(id)}`).toArray();
  return rows.length === 0 ? null : plain(rows[0]);
}

// The plugin's way to wait: it looks at 0, 1, 3, 7, 15 s and so on, and then fails.
async function locked(work) {
  if (!existsSync(target)) writeFileSync(target, "", { flag: "a" });
  const asked = performance.now();
  const release = await lockfile.lock(target, {
    stale: 10_000,
    retries: { retries: 10, factor: 2, minTimeout: 1_000, maxTimeout: 30_000 },
  });
  waits.push(performance.now() - asked);
  try {
    await (await open()).checkoutLatest();
    return await work();
  } finally {
    await release();
  }
}

const patched = (row, key, value) => {
  let metadata;
  try {
    metadata = JSON.parse(row.metadata);
  } catch {
    metadata = {};
  }
  return { ...row, metadata: JSON.stringify({ ...metadata, [key]: value }) };
};

async function replace(row, gap) {
  await table.delete(`id = ${quoted(row.id)}`);
  if (gap > 0) await pause(gap);
  await table.add([row]);
}

const WAYS = {
  // What was read before the lock is written under it, over whatever came between.
  async before(id, key, value) {
    await (await open()).checkoutLatest();
    const row = await read(id);
    await pause(Math.random() * 300);
    await locked(() => replace(patched(row, key, value), 0));
  },
  async inside(id, key, value) {
    await locked(async () => {
      const row = patched(await read(id), key, value);
      await table.mergeInsert("id").whenMatchedUpdateAll().execute([row]);
    });
  },
  // For a moment the row is not there.
  async deleteThenAdd(id, key, value) {
    await locked(async () => replace(patched(await read(id), key, value), 5));
  },
};

async function write(every, ids, ways) {
  for (let n = 0; !stopped; n++) {
    const due = performance.now() + every;
    const id = ids[Math.floor(Math.random() * ids.length)];
    const key = `agent_${acknowledged.length}`;
    await ways[n % ways.length](id, key, n);
    acknowledged.push({ id, key, value: n });
    await pause(Math.max(0, due - performance.now()));
  }
}

const quantile = (sorted, q) =>
  sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];

await serve({
  // A store of so many legacy memories.
  async seed(count) {
    const utf8 = (name) => new arrow.Field(name, new arrow.Utf8(), true);
    const float = (name) => new arrow.Field(name, new arrow.Float64(), true);
    const item = new arrow.Field("item", new arrow.Float32(), true);
    const schema = new arrow.Schema([
      utf8("id"),
      utf8("text"),
      new arrow.Field("vector", new arrow.FixedSizeList(DIMENSIONS, item), true),
      utf8("category"),
      utf8("scope"),
      float("importance"),
      float("timestamp"),
      utf8("metadata"),
    ]);
    const rows = Array.from({ length: Number(count) }, (_, i) => ({
      id: `m${i}`,
      text: `Memory ${i} of the agent is about ${word(i)}. It has a second sentence.`,
      vector: vector(i),
      category: "fact",
      scope: "global",
      importance: 0.5,
      timestamp: 1_735_000_000_000 + i,
      metadata: "{}",
    }));
    table = await db.createTable("memories", rows, { schema });
    await table.createIndex("text", { config: Index.fts() });
    writeFileSync(target, "");
    say("seeded");
  },
  // Patches a random row every so many milliseconds until told to stop, in one way or all in turn.
  async write(every, way) {
    const ids = (await (await open()).query().select(["id"]).toArray()).map((row) => row.id);
    stopped = false;
    waits = [];
    const ways = way ? [WAYS[way]] : Object.values(WAYS);
    writing = write(Number(every), ids, ways).catch((e) => {
      stopped = true;
      say(`failed ${e.code ?? ""} ${e.message}`);
    });
    say("writing");
  },
  // Upgrades all rows as the plugin's own upgrader does: batches of ten, enriched one after another
  // with no lock held, then written under one lock from the metadata read before. Says how long that
  // took, in ms, how often it took the lock, and how many rows were written: it ends when that many
  // ms are over, since who looks once a second for a lock that is held at every full tenth of one
  // can miss it for minutes.
  async upgrade(millis, most) {
    const begun = performance.now();
    const rows = (await (await open()).query().toArray()).map(plain);
    let locks = 0;
    let written = 0;
    const batches = async () => {
      for (let from = 0; from < rows.length; from += 10) {
        const batch = rows.slice(from, from + 10);
        for (const _ of batch) await pause(Number(millis));
        await locked(async () => {
          for (const row of batch) await replace(patched(row, "upgraded_at", Date.now()), 0);
        });
        locks++;
        written += batch.length;
      }
    };
    await Promise.race([batches(), pause(Number(most))]);
    say(`upgraded ${Math.round(performance.now() - begun)} ${locks} ${written}`);
  },
  // Says every wait for the lock since it was asked last.
  async waits() {
    say(`waited ${waits.map((wait) => wait.toFixed(2)).join(" ")}`);
    waits = [];
  },
  // Says how many writes were acknowledged, and the waits for the lock: p50, p99 and the longest.
  async stop() {
    stopped = true;
    await writing;
    waits.sort((a, b) => a - b);
    const figures = [quantile(waits, 0.5), quantile(waits, 0.99), waits.at(-1) ?? 0];
    say(`stopped ${waits.length} ${figures.map((f) => f.toFixed(1)).join(" ")}`);
  },
  // Says how many rows there are, how many acknowledged writes are not in them, and how many rows
  // carry no marker of an upgrade.
  async check() {
    await (await open()).checkoutLatest();
    const rows = (await table.query().toArray()).map(plain);
    const metadata = new Map(rows.map((row) => [row.id, JSON.parse(row.metadata)]));
    const lost = acknowledged.filter(({ id, key, value }) => metadata.get(id)?.[key] !== value);
    const unmarked = rows.filter((row) => !metadata.get(row.id).upgraded_at);
    say(`checked ${rows.length} ${lost.length} ${unmarked.length}`);
  },
  // Says how many of the seeded rows a search for their word, and for their vector, does not find.
  async search(count) {
    await (await open()).checkoutLatest();
    let words = 0;
    let vectors = 0;
    for (let i = 0; i < Number(count); i++) {
      const byWord = await table.query().fullTextSearch(word(i)).limit(3).toArray();
      if (!byWord.some((row) => row.id === `m${i}`)) words++;
      const byVector = await table.vectorSearch(vector(i)).limit(3).toArray();
      if (!byVector.some((row) => row.id === `m${i}`)) vectors++;
    }
    say(`searched ${words} ${vectors}`);
  },
});
