package dev.memoryconsole.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.memoryconsole.architecture.Dependencies.Arrow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Arrows run one way: between packages at every depth, and between the classes of a package. */
final class CycleRules {
  private static final String ROOT = "dev.memoryconsole";
  private static final int DEEPEST = 4;

  /**
   * The arrows that close a circle, and why they may: between packages by their names below the
   * root, between classes of a package by their simple names. What closes none has to leave.
   */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  private CycleRules() {}

  @ArchTest
  static void packagesAreFreeOfCyclesAtEveryDepth(JavaClasses classes) {
    assertThatNoneIsClosed(
        IntStream.rangeClosed(1, DEEPEST)
            .mapToObj(parts -> Dependencies.of(classes, type -> shortened(type, parts)))
            .toList(),
        EXCEPTIONS.keySet().stream().filter(CycleRules::isOfPackages).toList());
  }

  private static boolean isOfPackages(String exception) {
    return Character.isLowerCase(exception.charAt(0));
  }

  private static String shortened(JavaClass type, int parts) {
    String below = type.getPackageName().substring(ROOT.length());
    return Stream.of(below.split("\\.")).skip(1).limit(parts).collect(Collectors.joining("."));
  }

  @ArchTest
  static void classesOfAPackageAreFreeOfCycles(JavaClasses classes) {
    assertThatNoneIsClosed(
        List.of(
            Dependencies.of(classes, JavaClass::getName)
                .only(arrow -> folder(arrow.from()).equals(folder(arrow.to())))),
        EXCEPTIONS.keySet().stream().filter(exception -> !isOfPackages(exception)).toList());
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static void assertThatNoneIsClosed(List<Dependencies> all, List<String> exceptions) {
    assertThat(closed(all, exceptions))
        .as("arrows on cycles; cut one of each, or give a reason in CycleRules.EXCEPTIONS")
        .isEmpty();
    for (String exception : exceptions) {
      List<String> others = new ArrayList<>(exceptions);
      others.remove(exception);
      assertThat(closed(all, others))
          .as("%s closes no cycle any more: strike it out in CycleRules.EXCEPTIONS", exception)
          .isNotEmpty();
    }
  }

  private static List<Arrow> closed(List<Dependencies> all, List<String> exceptions) {
    return all.stream()
        .flatMap(some -> some.only(arrow -> !isOneOf(exceptions, arrow)).onCycles().stream())
        .distinct()
        .toList();
  }

  private static boolean isOneOf(List<String> exceptions, Arrow arrow) {
    return exceptions.contains(arrow.toString())
        || exceptions.contains(simple(arrow.from()) + " → " + simple(arrow.to()));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
