package dev.memoryconsole.ui;

import dev.memoryconsole.store.MemoryStore;
import dev.memoryconsole.testing.Doubles;
import dev.memoryconsole.upgrade.Upgrades;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** Ports that note every call that comes from the user interface's thread. */
public final class OffFxThread {
  private static final Set<String> QUICK =
      Set.of(
          "active",
          "location",
          "kind",
          "enricher",
          "store",
          "sharedRuns",
          "toString",
          "hashCode",
          "equals");

  private final List<String> offences = new CopyOnWriteArrayList<>();

  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  /** Called before each call, with the method's name and in the thread that calls. */
  public volatile Consumer<String> before = method -> {};

  public List<String> offences() {
    return offences;
  }

  /** How often this was called, of whatever port. */
  public int calls(String method) {
    return calls.getOrDefault(method, 0);
  }

  public Upgrades guard(Upgrades upgrades) {
    MemoryStore store = proxy(MemoryStore.class, upgrades.store(), null);
    return proxy(Upgrades.class, upgrades, store);
  }

  public <T> T proxy(Class<T> port, T real, @Nullable MemoryStore store) {
    return Doubles.like(
        port,
        real,
        (self, method, arguments) -> {
          calls.merge(method.getName(), 1, Integer::sum);
          before.accept(method.getName());
          if (Platform.isFxApplicationThread() && !QUICK.contains(method.getName())) {
            offences.add(port.getSimpleName() + "." + method.getName());
          }
          return store != null && method.getName().equals("store")
              ? store
              : call(real, method, arguments);
        });
  }

  public static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
