package dev.memoryconsole.enrich;

/** Makes the enricher of each run, as it is configured at that moment. Thread-safe. */
public interface Enrichers {
  /** The name of what {@link #open} would make. */
  String name();

  /**
   * A new enricher; whoever asks for it closes it.
   *
   * @throws EnricherConfigurationException if it can't be made, for example because its key is
   *     missing
   */
  Enricher open();

  /**
   * A new enricher that uses no more of a model than this allows beside its own settings; whoever
   * asks for it closes it.
   *
   * @throws EnricherConfigurationException if it can't be made, for example because it can't tell
   *     what it spends
   */
  default Enricher open(Allowance allowance) {
    return open();
  }

  /** Always the same enricher, for one that costs nothing and keeps nothing. */
  static Enrichers of(Enricher enricher) {
    return new Enrichers() {
      @Override
      public String name() {
        return enricher.name();
      }

      @Override
      public Enricher open() {
        return enricher;
      }
    };
  }
}
