// Takes the lock as the plugin does and counts in a file under it.
// Arguments: the lock's target, the counter's file, stale and update in milliseconds.
import { readFileSync, writeFileSync } from "node:fs";
import lockfile from "proper-lockfile";
import { pause, say, serve } from "./lines.mjs";

const [target, counter, stale, update] = process.argv.slice(2);

// The clock that Java's System.nanoTime reads too.
const now = () => process.hrtime.bigint();

let lost = false;

async function acquire() {
  for (;;) {
    try {
      lost = false;
      return await lockfile.lock(target, {
        stale: Number(stale),
        update: Number(update),
        onCompromised: () => {
          lost = true;
          say("lost");
        },
      });
    } catch (e) {
      if (e.code !== "ELOCKED") throw e;
      await pause(2 + Math.random() * 10);
    }
  }
}

function count() {
  writeFileSync(counter, String(Number(readFileSync(counter, "utf8")) + 1));
}

let release;

await serve({
  // Counts for so long; says each hold's beginning and end.
  async run(millis) {
    const end = Date.now() + Number(millis);
    let counted = 0;
    while (Date.now() < end) {
      const done = await acquire();
      const entered = now();
      const value = Number(readFileSync(counter, "utf8"));
      await pause(Math.random() * 4);
      if (!lost) {
        writeFileSync(counter, String(value + 1));
        counted++;
        say(`inside ${entered} ${now()}`);
        await done();
      }
      await pause(Math.random() * 10);
    }
    say(`counted ${counted}`);
  },
  async hold() {
    release = await acquire();
    say("held");
  },
  async commit() {
    if (lost) {
      say("compromised");
      return;
    }
    count();
    await release();
    say("committed");
  },
});
