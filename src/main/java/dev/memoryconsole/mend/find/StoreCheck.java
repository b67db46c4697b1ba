package dev.memoryconsole.mend.find;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.memory.LegacyRule;
import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.memory.MetadataJson;
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
  private static final int NOWHERE = -1;

  private final MemoryStore store;
  private final Progress progress;
  private final Map<Finding, List<Report.Found>> found = new EnumMap<>(Finding.class);
  // Of all that are looked at only the ids are kept, in little room, and numbers.
  private List<String> ids = List.of();
  // Where among the ids each is that may be somebody's duplicate; what is of several counts those.
  private final Ints compared = new Ints(1);
  // Of those, the ones that are sketched.
  private final Ints sketched = new Ints(1);
  private SameTexts texts = new SameTexts();
  private Sketches sketches = new Sketches();
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
    ids = IdList.copyOf(store.ids(EntryQuery.ALL, Integer.MAX_VALUE));
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      goOn();
      progress.looked(looked, ids.size());
      look(from, ids.subList(from, Math.min(from + AT_ONCE, ids.size())));
    }
    List<List<Integer>> same = texts.groups();
    // It is much, and the rest needs room too.
    texts = new SameTexts();
    List<List<Report.Found>> duplicates = titled(same);
    List<List<Report.Found>> near = titled(near());
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

  private void look(int from, List<String> part) {
    Map<String, Integer> places = new HashMap<>();
    int at = from;
    for (String id : part) {
      places.put(id, at++);
    }
    for (MemoryEntry row : store.find(part)) {
      look(row, places.getOrDefault(row.id(), NOWHERE));
    }
  }

  private void look(MemoryEntry row, int place) {
    looked++;
    if (row.flaw() != null) {
      return;
    }
    // Parsed once: most of the time goes there.
    ObjectNode metadata = MetadataJson.objectOrEmpty(row.metadata());
    MemoryState state = LegacyRule.stateOf(row, metadata);
    if (state == MemoryState.CORPUS) {
      return;
    }
    String scope = row.scope();
    if (scope == null || scope.isBlank()) {
      found(Finding.BLANK_SCOPE).add(found(row));
    }
    if (MappedReflection.mend(row, metadata).isPresent()) {
      found(Finding.MAPPED_CATEGORY).add(found(row));
    }
    if (Summaries.isPoor(row, state, metadata)) {
      found(Finding.POOR_SUMMARY).add(found(row));
    }
    String normal = Trigrams.normal(row.text());
    // What is archived already is nobody's duplicate.
    if (place != NOWHERE && !normal.isEmpty() && !MendMerge.isArchived(metadata)) {
      compare(place, normal, scope == null ? "" : scope);
    }
  }

  private static Report.Found found(MemoryEntry row) {
    return new Report.Found(row.id(), Titles.of(row.text()));
  }

  private void compare(int place, String normal, String scope) {
    boolean first = texts.add(scope, normal);
    int[] trigrams = Trigrams.of(normal);
    // Of those with the same text one stands for all.
    if (first && trigrams.length >= LEAST_TRIGRAMS) {
      sketches.add(trigrams, scope.hashCode());
      sketched.add(compared.size());
    }
    compared.add(place);
  }

  private String id(int number) {
    return ids.get(compared.get(number));
  }

  /** The memories of groups with their titles, read again; without those that are gone. */
  private List<List<Report.Found>> titled(List<List<Integer>> groups) throws InterruptedException {
    List<String> all = groups.stream().flatMap(List::stream).map(this::id).toList();
    Map<String, Report.Found> memories = new HashMap<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      goOn();
      for (MemoryEntry row : store.find(all.subList(from, Math.min(from + AT_ONCE, all.size())))) {
        memories.put(row.id(), found(row));
      }
    }
    return groups.stream()
        .map(
            group ->
                group.stream().map(this::id).map(memories::get).filter(Objects::nonNull).toList())
        .filter(group -> group.size() > 1)
        .toList();
  }

  /** The pairs that are alike indeed, joined to groups. */
  private List<List<Integer>> near() throws InterruptedException {
    int[] group = new int[sketched.size()];
    for (int i = 0; i < group.length; i++) {
      group[i] = i;
    }
    progress.compared(0, 0);
    long[] pairs = sketches.pairs();
    sketches = new Sketches();
    for (int from = 0; from < pairs.length; from += AT_ONCE) {
      goOn();
      progress.compared(from, pairs.length);
      join(Arrays.copyOfRange(pairs, from, Math.min(from + AT_ONCE, pairs.length)), group);
    }
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      int root = root(group, i);
      if (root != i) {
        groups
            .computeIfAbsent(root, key -> new ArrayList<>(List.of(sketched.get(key))))
            .add(sketched.get(i));
      }
    }
    groups.values().forEach(members -> members.sort(null));
    return groups.values().stream()
        .sorted(Comparator.comparing(List::getFirst))
        .map(List::copyOf)
        .toList();
  }

  private void join(long[] pairs, int[] group) {
    Set<String> wanted = new HashSet<>();
    for (long pair : pairs) {
      wanted.add(id(sketched.get(lower(pair))));
      wanted.add(id(sketched.get(upper(pair))));
    }
    Map<String, int[]> trigrams = trigrams(wanted);
    for (long pair : pairs) {
      int[] one = trigrams.get(id(sketched.get(lower(pair))));
      int[] other = trigrams.get(id(sketched.get(upper(pair))));
      if (one != null && other != null && Trigrams.likeness(one, other) >= ALIKE) {
        group[root(group, upper(pair))] = root(group, lower(pair));
      }
    }
  }

  private Map<String, int[]> trigrams(Collection<String> wanted) {
    Map<String, int[]> trigrams = new HashMap<>();
    for (MemoryEntry row : store.find(wanted)) {
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
