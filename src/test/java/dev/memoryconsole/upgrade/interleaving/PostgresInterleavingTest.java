package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.upgrade.interleaving.ground.Ground;
import dev.memoryconsole.upgrade.interleaving.ground.PostgresGround;
import java.nio.file.Path;

/** The same on a table of PostgreSQL, where only rows are locked. */
class PostgresInterleavingTest extends InterleavingTest {
  @Override
  Ground ground(Path folder) {
    return new PostgresGround();
  }

  @Override
  int usual() {
    return 500;
  }
}
