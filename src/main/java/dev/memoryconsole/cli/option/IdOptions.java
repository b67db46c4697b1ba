package dev.memoryconsole.cli.option;

import dev.memoryconsole.cli.output.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The option that names entries by their ids. Which text is an id only the store knows: a value
 * that is one as a whole is taken as it is, commas and all, and otherwise split at its commas.
 */
public final class IdOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--ids",
      paramLabel = "ID",
      description =
          "Only these ids: several with commas between them, the option more than once, or @FILE"
              + " with one id a line.")
  private @Nullable List<String> given;

  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> unknown = new LinkedHashSet<>();

  /** Whether the option was used. */
  public boolean areGiven() {
    return given != null;
  }

  /**
   * Finds out which ids were meant, and names those that are not there.
   *
   * @param existing which of some ids are there
   * @param where what they were looked for in, to follow "in"
   */
  public void resolve(Function<Collection<String>, Set<String>> existing, String where) {
    if (given == null) {
      return;
    }
    for (String value : given) {
      if (value.startsWith("@") && existing.apply(List.of(value)).isEmpty()) {
        choose(lines(value.substring(1)), existing);
      } else if (existing.apply(List.of(value)).isEmpty()) {
        choose(split(value), existing);
      } else {
        known.add(value);
      }
    }
    PrintWriter err = spec.commandLine().getErr();
    for (String id : unknown) {
      err.printf("memory-console: There is no entry %s in %s; it was left out.%n", id, where);
    }
    err.flush();
  }

  private void choose(List<String> ids, Function<Collection<String>, Set<String>> existing) {
    Set<String> there = existing.apply(ids);
    ids.forEach(id -> (there.contains(id) ? known : unknown).add(id));
  }

  private static List<String> split(String value) {
    List<String> ids = new ArrayList<>();
    for (String id : value.split(",", -1)) {
      if (!id.isBlank()) {
        ids.add(id.strip());
      }
    }
    return ids;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
          .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
          .filter(line -> !line.isBlank())
          .toList();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "The file " + file + " with the ids can't be read; nothing was done, check the path.",
          e);
    }
  }

  /** The ids that are there, in the order given; empty before {@link #resolve}. */
  public List<String> known() {
    return List.copyOf(known);
  }

  /** All that were given: first those that are there. */
  public List<String> all() {
    List<String> all = new ArrayList<>(known);
    all.addAll(unknown);
    return all;
  }

  /** The exit code of a command that ended with this one. */
  public int exitCode(int code) {
    return unknown.isEmpty() ? code : Math.max(code, ExitCode.INCOMPLETE);
  }
}
