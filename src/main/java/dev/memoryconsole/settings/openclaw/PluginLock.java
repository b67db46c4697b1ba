package dev.memoryconsole.settings.openclaw;

/** Which lock the plugin takes, if an admin says so. */
public enum PluginLock {
  /** What OpenClaw's configuration says. */
  AUTO,
  /** The lock directory, whatever the configuration says or fails to say. */
  DIRECTORY
}
