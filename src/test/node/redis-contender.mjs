// Takes the lock in Redis as the plugin does and counts in a file under it.
// Arguments: the address, the counter's file, the lease in milliseconds, the resource.
import { createHash, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import Redis from "ioredis";
import { pause, say, serve } from "./lines.mjs";

const [address, counter, lease, resource] = process.argv.slice(2);
const TTL = Number(lease);
const key = `memory-lancedb-pro:write-lock:${createHash("sha256").update(resource).digest("hex")}`;

const only = (then) =>
  `if redis.call("get", KEYS[1]) == ARGV[1] then return ${then} else return 0 end`;
const RENEW = only('redis.call("pexpire", KEYS[1], ARGV[2])');
const RELEASE = only('redis.call("del", KEYS[1])');

const client = new Redis(address, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
client.on("error", () => {});

// The clock that Java's System.nanoTime reads too.
const now = () => process.hrtime.bigint();

let lost = false;

async function acquire() {
  const token = randomUUID();
  const deadline = Date.now() + 60_000;
  for (let attempt = 0; Date.now() <= deadline; attempt++) {
    try {
      if ((await client.set(key, token, "PX", TTL, "NX")) === "OK") return held(token);
    } catch {
      // Redis is away: tried again.
    }
    await pause(Math.min(50 * 2 ** attempt, 100));
  }
  throw new Error("timed out");
}

function held(token) {
  lost = false;
  let until = Date.now() + TTL;
  const timer = setInterval(async () => {
    try {
      if ((await client.eval(RENEW, 1, key, token, String(TTL))) === 1) until = Date.now() + TTL;
      else lost = true;
    } catch {
      lost ||= Date.now() >= until;
    }
  }, Math.max(100, TTL / 5));
  return {
    isOurs: () => !lost && Date.now() < until,
    async release() {
      clearInterval(timer);
      return (await client.eval(RELEASE, 1, key, token)) === 1;
    },
  };
}

let hold;

await serve({
  // Counts for so long; says each hold's beginning and end, and the longest wait.
  async run(millis) {
    const end = Date.now() + Number(millis);
    let counted = 0;
    while (Date.now() < end) {
      const mine = await acquire();
      const entered = now();
      const value = Number(readFileSync(counter, "utf8"));
      await pause(Math.random() * 4);
      if (mine.isOurs()) {
        writeFileSync(counter, String(value + 1));
        counted++;
        say(`inside ${entered} ${now()}`);
      }
      await mine.release();
      await pause(Math.random() * 10);
    }
    say(`counted ${counted}`);
  },
  async hold() {
    hold = await acquire();
    say("held");
  },
  async commit() {
    const ours = hold.isOurs();
    if (ours) writeFileSync(counter, String(Number(readFileSync(counter, "utf8")) + 1));
    say((await hold.release()) && ours ? "committed" : "compromised");
  },
});
