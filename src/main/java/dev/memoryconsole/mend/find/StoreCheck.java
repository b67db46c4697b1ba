package dev.memoryconsole.mend.find;

import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.Titles;
import dev.memoryconsole.memory.ids.IdList;
import dev.memoryconsole.mend.MendMerge;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  // Of what may be somebody's duplicate only the ids are kept, in little room, and numbers.
  private final IdList.Builder compared = new IdList.Builder();
  private final SameTexts texts = new SameTexts();
  private final Sketches sketches = new Sketches();
  private int[] sketched = new int[1 << 10];
  private int numbers;
  private int sketchedCount;
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
    List<String> kept = compared.build();
    List<List<Report.Found>> duplicates = titled(texts.groups(), kept);
    List<List<Report.Found>> near = titled(near(kept), kept);
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
      compare(row.id(), normal, scope == null ? "" : scope);
    }
  }

  private void compare(String id, String normal, String scope) {
    int number = numbers++;
    compared.add(id);
    boolean first = texts.add(number, scope, normal);
    int[] trigrams = Trigrams.of(normal);
    // Of those with the same text one stands for all.
    if (first && trigrams.length >= LEAST_TRIGRAMS) {
      if (sketchedCount == sketched.length) {
        sketched = Arrays.copyOf(sketched, 2 * sketchedCount);
      }
      sketches.add(sketchedCount, trigrams, scope.hashCode());
      sketched[sketchedCount++] = number;
    }
  }

  /** The memories of groups with their titles, read again; without those that are gone. */
  private List<List<Report.Found>> titled(List<List<Integer>> groups, List<String> kept)
      throws InterruptedException {
    List<String> ids = groups.stream().flatMap(List::stream).map(kept::get).toList();
    Map<String, Report.Found> memories = new HashMap<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      goOn();
      for (MemoryEntry row : store.find(ids.subList(from, Math.min(from + AT_ONCE, ids.size())))) {
        memories.put(row.id(), new Report.Found(row.id(), Titles.of(row.text())));
      }
    }
    return groups.stream()
        .map(
            group ->
                group.stream().map(kept::get).map(memories::get).filter(Objects::nonNull).toList())
        .filter(group -> group.size() > 1)
        .toList();
  }

  /** The pairs that are alike indeed, joined to groups. */
  private List<List<Integer>> near(List<String> kept) throws InterruptedException {
    int[] group = new int[sketchedCount];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
    }
    progress.compared(0, 0);
    long[] pairs = sketches.pairs();
    for (int from = 0; from < pairs.length; from += AT_ONCE) {
      goOn();
      progress.compared(from, pairs.length);
      join(Arrays.copyOfRange(pairs, from, Math.min(from + AT_ONCE, pairs.length)), group, kept);
    }
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      int root = root(group, i);
      if (root != i) {
        groups
            .computeIfAbsent(root, key -> new ArrayList<>(List.of(sketched[key])))
            .add(sketched[i]);
      }
    }
    groups.values().forEach(members -> members.sort(null));
    return groups.values().stream()
        .sorted(Comparator.comparing(List::getFirst))
        .map(List::copyOf)
        .toList();
  }

  private void join(long[] pairs, int[] group, List<String> kept) {
    Set<String> ids = new HashSet<>();
    for (long pair : pairs) {
      ids.add(kept.get(sketched[lower(pair)]));
      ids.add(kept.get(sketched[upper(pair)]));
    }
    Map<String, int[]> trigrams = trigrams(ids);
    for (long pair : pairs) {
      int[] one = trigrams.get(kept.get(sketched[lower(pair)]));
      int[] other = trigrams.get(kept.get(sketched[upper(pair)]));
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
