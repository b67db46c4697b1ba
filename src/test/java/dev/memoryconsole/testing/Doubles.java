package dev.memoryconsole.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects that stand in front of real ones. */
public final class Doubles {
  private Doubles() {}

  /**
   * Stands in front of an object for all that it can do: what a store can't do is a port that it
   * does not implement, so a stand-in for the main port alone would be a lesser store.
   *
   * @param port what is asked for; the real object implements it
   * @param more what the stand-in can do beside that
   */
  public static <T> T like(Class<T> port, T real, InvocationHandler handler, Class<?>... more) {
    Set<Class<?>> ports = new LinkedHashSet<>(List.of(more));
    ports.add(port);
    for (Class<?> type = real.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        if (Modifier.isPublic(each.getModifiers())) {
          ports.add(each);
        }
      }
    }
    return port.cast(
        Proxy.newProxyInstance(port.getClassLoader(), ports.toArray(Class<?>[]::new), handler));
  }

  /** Has the real object do what was asked of its stand-in. */
  public static @Nullable Object handOn(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
