// Compacts a store and removes all its older versions, again and again, as the plugin's maintenance
// does once in a while. Argument: the store's folder.
import { connect } from "@lancedb/lancedb";
import { pause, say, serve } from "./lines.mjs";

const table = await (await connect(process.argv[2])).openTable("memories");

await serve({
  // So often.
  async clean(times) {
    let done = 0;
    let failed = 0;
    for (let i = 0; i < Number(times); i++) {
      try {
        await table.checkoutLatest();
        await table.optimize({ cleanupOlderThan: new Date(), deleteUnverified: true });
        done++;
      } catch {
        failed++;
      }
      await pause(10);
    }
    say(`cleaned ${done} ${failed}`);
  },
});
