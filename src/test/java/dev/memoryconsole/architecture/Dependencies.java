package dev.memoryconsole.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who knows whom: a graph of names, and the cycles in it. */
final class Dependencies {
  /** From one name to another. */
  record Arrow(String from, String to) implements Comparable<Arrow> {
    @Override
    public int compareTo(Arrow other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return from + " → " + to;
    }
  }

  private final Map<String, SortedSet<String>> known = new TreeMap<>();

  private Dependencies() {}

  /**
   * The dependencies of our classes on each other; nested classes count as their outermost one.
   *
   * @param name what a class is in the graph: itself, or a group of classes
   */
  static Dependencies of(JavaClasses classes, Function<JavaClass, String> name) {
    Dependencies all = new Dependencies();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("dev.memoryconsole")) {
          all.add(new Arrow(name.apply(outermost(type)), name.apply(outermost(target))));
        }
      }
    }
    return all;
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  private void add(Arrow arrow) {
    if (!arrow.from.equals(arrow.to)) {
      known.computeIfAbsent(arrow.from, from -> new TreeSet<>()).add(arrow.to);
      known.computeIfAbsent(arrow.to, to -> new TreeSet<>());
    }
  }

  private SortedSet<String> knownBy(String name) {
    return known.getOrDefault(name, Collections.emptySortedSet());
  }

  /** Some of these. */
  Dependencies only(Predicate<Arrow> wanted) {
    Dependencies some = new Dependencies();
    known.forEach(
        (from, all) ->
            all.stream().map(to -> new Arrow(from, to)).filter(wanted).forEach(some::add));
    return some;
  }

  /** All that have a way back. */
  SortedSet<Arrow> onCycles() {
    SortedSet<Arrow> arrows = new TreeSet<>();
    for (Set<String> cycle : new Components().found) {
      for (String from : cycle) {
        knownBy(from).stream()
            .filter(cycle::contains)
            .forEach(to -> arrows.add(new Arrow(from, to)));
      }
    }
    return arrows;
  }

  /** Tarjan's strongly connected components, of more than one name each. */
  private final class Components {
    private static final int CLOSED = Integer.MAX_VALUE;

    final List<Set<String>> found = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Components() {
      known.keySet().forEach(this::visit);
    }

    /** The lowest number that the name reaches, if its component is not complete yet. */
    private int visit(String name) {
      Integer visited = numbers.get(name);
      if (visited != null) {
        return open.contains(name) ? visited : CLOSED;
      }
      int own = numbers.size();
      numbers.put(name, own);
      open.push(name);
      int lowest = own;
      for (String next : knownBy(name)) {
        lowest = Math.min(lowest, visit(next));
      }
      if (lowest < own) {
        return lowest;
      }
      Set<String> component = new TreeSet<>();
      while (component.add(open.peek()) && !open.pop().equals(name)) {}
      if (component.size() > 1) {
        found.add(component);
      }
      return CLOSED;
    }
  }
}
