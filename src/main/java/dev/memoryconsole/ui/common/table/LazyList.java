package dev.memoryconsole.ui.common.table;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * A list of known length, which may grow at its end, whose elements are loaded a page at a time
 * when somebody looks at them; until then a placeholder stands in. Keeps the pages used last. User
 * interface's thread only.
 */
public final class LazyList<T> extends ObservableListBase<T> {
  /** Elements in a page. */
  public static final int PAGE = 200;

  private static final int KEPT_PAGES = 24;

  /** Loads elements in the background. */
  @FunctionalInterface
  public interface Loader<T> {
    /** Tells {@code done} how it went, on the user interface's thread. */
    void load(int offset, int limit, Arrival<T> done);
  }

  /** What comes of a page that was asked for. */
  public interface Arrival<T> extends Consumer<List<T>> {
    /** It was not read: whoever looks at it again asks again. */
    void dropped();
  }

  private int size;
  private final T placeholder;
  private final Loader<T> loader;
  private final Map<Integer, Page<T>> pages = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Integer> asked = new HashSet<>();

  /**
   * Elements that are loaded.
   *
   * @param expected how many of them there were when they were asked for
   */
  private record Page<T>(List<T> elements, int expected) {
    Page {
      elements = List.copyOf(elements);
    }
  }

  /** Has {@code size} elements, none of them loaded. */
  public LazyList(int size, T placeholder, Loader<T> loader) {
    this.size = size;
    this.placeholder = placeholder;
    this.loader = loader;
  }

  /** Puts a page in place that is known already. */
  public void seed(int page, List<T> elements) {
    pages.put(page, new Page<>(elements, expected(page)));
  }

  private int expected(int page) {
    return Math.min(PAGE, size - page * PAGE);
  }

  /** Goes on to so many elements; those that are there stay as they are. */
  public void grow(int to) {
    int from = size;
    if (to > from) {
      size = to;
      beginChange();
      nextAdd(from, to);
      endChange();
    }
  }

  /** The element if it is loaded; asks for nothing. */
  public @Nullable T loaded(int index) {
    List<T> page = page(index / PAGE);
    int inPage = index % PAGE;
    return inPage >= page.size() ? null : page.get(inPage);
  }

  /** The pages that are loaded, the one used last at the end. */
  public List<Integer> loadedPages() {
    return List.copyOf(pages.keySet());
  }

  /** The elements of a page that are loaded. */
  public List<T> page(int page) {
    Page<T> loaded = pages.get(page);
    return loaded == null ? List.of() : loaded.elements();
  }

  @Override
  public T get(int index) {
    Objects.checkIndex(index, size);
    T element = loaded(index);
    if (element != null) {
      return element;
    }
    int page = index / PAGE;
    Page<T> loaded = pages.get(page);
    int expected = expected(page);
    // One that came shorter than it should have is not asked for again and again.
    if ((loaded == null || loaded.expected() < expected) && asked.add(page)) {
      loader.load(page * PAGE, PAGE, new Asked(page, expected));
    }
    return placeholder;
  }

  /** Where a loaded element is; -1 for one that is not: to look for it would load everything. */
  @Override
  public int indexOf(@Nullable Object element) {
    for (Map.Entry<Integer, Page<T>> page : pages.entrySet()) {
      int inPage = page.getValue().elements().indexOf(element);
      if (inPage >= 0) {
        return page.getKey() * PAGE + inPage;
      }
    }
    return -1;
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return indexOf(element) >= 0;
  }

  @Override
  public int size() {
    return size;
  }

  private final class Asked implements Arrival<T> {
    private final int page;
    private final int expected;

    Asked(int page, int expected) {
      this.page = page;
      this.expected = expected;
    }

    @Override
    public void accept(List<T> elements) {
      arrived(page, new Page<>(elements, expected));
    }

    @Override
    public void dropped() {
      asked.remove(page);
    }
  }

  private void arrived(int page, Page<T> loaded) {
    asked.remove(page);
    pages.put(page, loaded);
    if (pages.size() > KEPT_PAGES) {
      pages.remove(pages.keySet().iterator().next());
    }
    beginChange();
    int end = Math.min(size, page * PAGE + PAGE);
    for (int i = page * PAGE; i < end; i++) {
      nextUpdate(i);
    }
    endChange();
  }
}
