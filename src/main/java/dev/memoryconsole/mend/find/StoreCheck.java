package dev.memoryconsole.mend.find;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.mend.MendMerge;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One look through a store. Takes no lock; reads in small parts, and can be interrupted between
 * them. For one thread.
 */
public final class StoreCheck {
  private static final int AT_ONCE = 500;
  // Below that a word more or less is another text.
  private static final int LEAST_TRIGRAMS = 20;
  private static final double ALIKE = 0.8;

  private final MemoryStore store;
  private final Progress progress;
  private final Map<Finding, List<Report.Found>> found = new EnumMap<>(Finding.class);
  private final Map<TextKey, List<Report.Found>> byText = new LinkedHashMap<>();
  private final Sketches sketches = new Sketches();
  private final List<Report.Found> sketched = new ArrayList<>();
  private int looked;

  /** How far a look is. */
  @FunctionalInterface
  public interface Progress {
    /** Told between parts; what it throws ends the look. */
    void looked(int looked, int total);

    /**
     * Told when all are looked at, while those that may say almost the same are compared; what it
     * throws ends the look.
     *
     * @param pairs how many are to be compared; 0 until that is known
     */
    default void compared(int compared, int pairs) {}
  }

  /** Stands for a scope and a text: a large store's texts together would be too much to keep. */
  private record TextKey(long one, long two) {
    static TextKey of(String scope, String normal) {
      try {
        ByteBuffer hash =
            ByteBuffer.wrap(
                MessageDigest.getInstance("SHA-256")
                    .digest((scope + '\n' + normal).getBytes(StandardCharsets.UTF_8)));
        return new TextKey(hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private StoreCheck(MemoryStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
    for (Finding finding : Finding.values()) {
      found.put(finding, new ArrayList<>());
    }
  }

  /**
   * Looks through all memories but those of the plugin's corpus and those that no string can hold.
   *
   * @throws InterruptedException if interrupted
   */
  public static Report of(MemoryStore store) throws InterruptedException {
    return of(store, (looked, total) -> {});
  }

  /**
   * Does what {@link #of(MemoryStore)} does, and tells how far it is.
   *
   * @throws InterruptedException if interrupted
   */
  public static Report of(MemoryStore store, Progress progress) throws InterruptedException {
    return new StoreCheck(store, progress).run();
  }

  private Report run() throws InterruptedException {
    List<String> ids = store.ids(EntryQuery.ALL, Integer.MAX_VALUE);
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      goOn();
      progress.looked(looked, ids.size());
      store.find(ids.subList(from, Math.min(from + AT_ONCE, ids.size()))).forEach(this::look);
    }
    List<List<Report.Found>> duplicates =
        byText.values().stream().filter(group -> group.size() > 1).toList();
    List<List<Report.Found>> near = near();
    duplicates.forEach(group -> found(Finding.DUPLICATE).addAll(group));
    near.forEach(group -> found(Finding.NEAR_DUPLICATE).addAll(group));
    return new Report(
        looked, found, Map.of(Finding.DUPLICATE, duplicates, Finding.NEAR_DUPLICATE, near));
  }

  private static void goOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private List<Report.Found> found(Finding finding) {
    return found.computeIfAbsent(finding, each -> new ArrayList<>());
  }

  private void look(MemoryEntry row) {
    looked++;
    if (row.flaw() != null || LegacyRule.stateOf(row) == MemoryState.CORPUS) {
      return;
    }
    Report.Found memory = new Report.Found(row.id(), Titles.of(row.text()));
    String scope = row.scope();
    if (scope == null || scope.isBlank()) {
      found(Finding.BLANK_SCOPE).add(memory);
    }
    if (MappedReflection.mend(row).isPresent()) {
      found(Finding.MAPPED_CATEGORY).add(memory);
    }
    if (Summaries.isPoor(row)) {
      found(Finding.POOR_SUMMARY).add(memory);
    }
    String normal = Trigrams.normal(row.text());
    // What is archived already is nobody's duplicate.
    if (!normal.isEmpty() && !MendMerge.isArchived(row)) {
      compare(memory, normal, scope == null ? "" : scope);
    }
  }

  private void compare(Report.Found memory, String normal, String scope) {
    List<Report.Found> same =
        byText.computeIfAbsent(TextKey.of(scope, normal), key -> new ArrayList<>(1));
    same.add(memory);
    int[] trigrams = Trigrams.of(normal);
    // Of those with the same text one stands for all.
    if (same.size() == 1 && trigrams.length >= LEAST_TRIGRAMS) {
      sketches.add(sketched.size(), trigrams, scope.hashCode());
      sketched.add(memory);
    }
  }

  /** The pairs that are alike indeed, joined to groups. */
  private List<List<Report.Found>> near() throws InterruptedException {
    int[] group = new int[sketched.size()];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
    }
    progress.compared(0, 0);
    long[] pairs = sketches.pairs();
    for (int from = 0; from < pairs.length; from += AT_ONCE) {
      goOn();
      progress.compared(from, pairs.length);
      join(Arrays.copyOfRange(pairs, from, Math.min(from + AT_ONCE, pairs.length)), group);
    }
    Map<Integer, List<Report.Found>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      groups.computeIfAbsent(root(group, i), key -> new ArrayList<>(1)).add(sketched.get(i));
    }
    return groups.values().stream().filter(members -> members.size() > 1).toList();
  }

  private void join(long[] pairs, int[] group) {
    Set<String> ids = new HashSet<>();
    for (long pair : pairs) {
      ids.add(sketched.get(lower(pair)).id());
      ids.add(sketched.get(upper(pair)).id());
    }
    Map<String, int[]> trigrams = trigrams(ids);
    for (long pair : pairs) {
      int[] one = trigrams.get(sketched.get(lower(pair)).id());
      int[] other = trigrams.get(sketched.get(upper(pair)).id());
      if (one != null && other != null && Trigrams.likeness(one, other) >= ALIKE) {
        group[root(group, upper(pair))] = root(group, lower(pair));
      }
    }
  }

  private Map<String, int[]> trigrams(Collection<String> ids) {
    Map<String, int[]> trigrams = new HashMap<>();
    for (MemoryEntry row : store.find(ids)) {
      trigrams.put(row.id(), Trigrams.of(Trigrams.normal(row.text())));
    }
    return trigrams;
  }

  private static int lower(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  private static int upper(long pair) {
    return (int) pair;
  }

  private static int root(int[] group, int member) {
    int root = member;
    while (group[root] != root) {
      group[root] = group[group[root]];
      root = group[root];
    }
    return root;
  }
}
