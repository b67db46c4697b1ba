package dev.memoryconsole.testing;

import dev.memoryconsole.app.process.HttpDefaults;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Sets before the first test what the program sets before anything else. */
public final class ProgramStart implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    HttpDefaults.set();
  }
}
