package dev.memoryconsole.store.facet;

import java.util.List;
import java.util.Map;

/**
 * How many memories say what about themselves in their metadata.
 *
 * @param recalls how many were recalled never, sometimes and often, as {@link MetadataTally#OFTEN}
 *     has it
 */
public record MetadataCounts(Values tiers, Values sources, List<Long> recalls) {
  /** Copies the list. */
  public MetadataCounts {
    recalls = List.copyOf(recalls);
  }

  /**
   * How many have which value.
   *
   * @param named by value, in small letters
   * @param none how many have none
   * @param others how many have one that could not be named
   */
  public record Values(Map<String, Long> named, long none, long others) {
    /** Copies the map. */
    public Values {
      named = Map.copyOf(named);
    }
  }
}
