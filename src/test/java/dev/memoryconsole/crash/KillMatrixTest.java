package dev.memoryconsole.crash;

import java.io.IOException;
import java.nio.file.Path;

/** Kills at the steps of a run on a file of SQLite. */
class KillMatrixTest extends KillMatrix {
  @Override
  SiteStore empty(Path site) throws IOException {
    return SiteStore.InFile.in(site);
  }

  @Override
  int kills() {
    return 27;
  }

  @Override
  boolean isOurs(String step) {
    return true;
  }
}
