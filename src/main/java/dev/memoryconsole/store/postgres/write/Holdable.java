package dev.memoryconsole.store.postgres.write;

import dev.memoryconsole.store.batch.Foresight;

/** What is known of a change beforehand: that the table can hold what is to be written. */
enum Holdable implements Foresight {
  YES
}
