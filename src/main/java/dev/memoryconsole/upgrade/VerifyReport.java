package dev.memoryconsole.upgrade;

import java.util.List;

/**
 * What has become of what runs wrote.
 *
 * @param checked how many entries were looked at
 * @param findings those that are not in place, in the order of runs and entries
 */
public record VerifyReport(long checked, List<Lost> findings) {
  /**
   * An entry that is not as its run left it.
   *
   * @param run the run that wrote it
   * @param id the memory's id
   * @param title the beginning of its text, one line
   * @param fate what became of it
   */
  public record Lost(long run, String id, String title, WriteFate fate) {}

  /** How many entries were found so. */
  public long count(WriteFate fate) {
    return fate == WriteFate.IN_PLACE
        ? checked - findings.size()
        : findings.stream().filter(lost -> lost.fate() == fate).count();
  }

  /** The runs whose writes can be made again, oldest first. */
  public List<Long> runsToReapply() {
    return findings.stream()
        .filter(lost -> lost.fate() == WriteFate.OVERWRITTEN)
        .map(Lost::run)
        .distinct()
        .sorted()
        .toList();
  }
}
