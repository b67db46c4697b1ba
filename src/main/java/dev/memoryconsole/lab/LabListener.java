package dev.memoryconsole.lab;

/** Hears how far the lab is. Called from the thread that runs it; must be quick. */
public interface LabListener {
  /** For whoever does not want to know. */
  LabListener NONE =
      new LabListener() {
        @Override
        public void copying(double share) {}

        @Override
        public void trying(Strategy strategy, int done, int entries) {}

        @Override
        public void tried(LabResult result) {}
      };

  /** The store is being copied; from 0 to 1. */
  void copying(double share);

  /** A strategy is at work; about ten times a second. */
  void trying(Strategy strategy, int done, int entries);

  /** A strategy has been tried. */
  void tried(LabResult result);
}
