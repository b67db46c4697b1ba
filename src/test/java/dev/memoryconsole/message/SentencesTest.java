package dev.memoryconsole.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No sentence for a reader is built in code, and codes get the arguments they take. */
class SentencesTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/memoryconsole");

  /** Sentences that are no messages, and whom they are for. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "cli", "the words of the command line itself",
          "enrich.llm.prompt.Prompts", "said to models",
          "enrich.llm.Languages", "words by which a language is known",
          "enrich.llm.Models", "an invented memory",
          "lock.lockfile.ProperLockfile", "written into a file of ours, to be known again",
          "upgrade.engine.enrich.EntryEnricher", "an invented memory",
          "lab.ContentionLab", "an invented memory",
          "metrics.StoreMeters", "the help texts of figures, said to Prometheus");

  private static final Set<String> FOR_PROGRAMMERS =
      Set.of(
          "AssertionError",
          "CancellationException",
          "IllegalArgumentException",
          "IllegalStateException",
          "IOException",
          "IndexOutOfBoundsException",
          "SQLException",
          "UncheckedIOException",
          "UnsupportedOperationException");
  private static final Set<String> NO_WORDS =
      Set.of(
          "compile",
          "contains",
          "endsWith",
          "equals",
          "matches",
          "replaceAll",
          "replaceFirst",
          "requireNonNull",
          "split",
          "startsWith");
  private static final Pattern BEGINS_LIKE_A_SENTENCE =
      Pattern.compile("(?s)[A-Z][a-z’']* \\S+ .*\\S.*");
  private static final Pattern ENDS_LIKE_A_SENTENCE =
      Pattern.compile("(?s).*[a-z’']{2,} \\S+ .*[a-z”)}][.!?]\\s*");

  private static final Pattern WORD = Pattern.compile("[a-z{}%]\\S*|UTF-\\d+|BLOB|JSON|MB");
  private static final Set<String> BETWEEN_WORDS =
      Set.of(
          "a", "an", "and", "are", "by", "has", "is", "it", "its", "no", "not", "of", "the", "was",
          "which", "with");
  private static final String NO_WORDS_BUT_SQL = " not null";

  private static final Map<Path, Scan> SCANS = new HashMap<>();

  @BeforeAll
  static void scan() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> walk = Files.walk(SOURCES)) {
      List<Path> files = walk.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        Scan scan = new Scan();
        scan.scan(unit, null);
        SCANS.put(SOURCES.toAbsolutePath().relativize(Path.of(unit.getSourceFile().toUri())), scan);
      }
    }
  }

  @Test
  void noSentenceIsBuiltOutsideTheFilesOfWords() {
    List<String> found = new ArrayList<>();
    Set<String> silent = new TreeSet<>(OTHERS.keySet());
    SCANS.forEach(
        (file, scan) -> {
          String name = file.toString().replaceFirst("\\.java$", "").replace('/', '.');
          scan.sentences.forEach(
              sentence -> {
                silent.removeIf(room -> isIn(Set.of(room), name));
                if (!isIn(OTHERS.keySet(), name)) {
                  found.add(name + ": " + sentence);
                }
              });
        });
    assertThat(found)
        .as("a sentence is a code of its room, see the package dev.memoryconsole.message")
        .isEmpty();
    assertThat(silent).as("those that have none any more: take them from OTHERS").isEmpty();
  }

  private static boolean isIn(Set<String> rooms, String name) {
    return rooms.stream().anyMatch(room -> name.equals(room) || name.startsWith(room + "."));
  }

  @Test
  void everyCodeIsUsedAndGetsAsManyArgumentsAsItTakes() throws Exception {
    Map<String, MessageCode> codes = new HashMap<>();
    for (MessageCode code : Codes.all()) {
      codes.put(code.getDeclaringClass().getSimpleName() + "." + code.name(), code);
    }
    Set<String> used = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    SCANS.forEach(
        (file, scan) -> {
          used.addAll(scan.constants);
          scan.given.forEach(
              given -> {
                MessageCode code = codes.get(given.constant());
                if (code != null && code.parameters().size() != given.arguments()) {
                  wrong.add(file + ": " + given);
                }
              });
        });
    assertThat(wrong).isEmpty();
    assertThat(used).containsAll(codes.keySet());
  }

  /**
   * One {@code SomeCode.CONSTANT.with(…)}.
   *
   * @param constant with its enum
   * @param arguments how many it is given
   */
  private record Given(String constant, int arguments) {}

  /** What is found in one file. */
  private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final List<String> sentences = new ArrayList<>();
    private final Set<String> constants = new TreeSet<>();
    private final List<Given> given = new ArrayList<>();

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
      return null;
    }

    @Override
    public @Nullable Void visitAssert(AssertTree assertion, @Nullable Void none) {
      return null;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
      int before = sentences.size();
      super.visitNewClass(made, null);
      if (FOR_PROGRAMMERS.contains(made.getIdentifier().toString())) {
        sentences.subList(before, sentences.size()).clear();
      }
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
      if (call.getMethodSelect() instanceof MemberSelectTree method) {
        String name = method.getIdentifier().toString();
        if (name.equals("with") && isCode(method.getExpression())) {
          given.add(new Given(method.getExpression().toString(), call.getArguments().size()));
        }
        if (method.getExpression().toString().matches("(LOG|log|LoggerFactory)(\\..*)?")) {
          return null;
        }
        if (NO_WORDS.contains(name)) {
          return scan(method.getExpression(), null);
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void none) {
      if (isCode(select)) {
        constants.add(select.toString());
      }
      return super.visitMemberSelect(select, null);
    }

    private static boolean isCode(Tree tree) {
      return tree instanceof MemberSelectTree select
          && select.getExpression() instanceof IdentifierTree type
          && type.getName().toString().endsWith("Code");
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void none) {
      if (binary.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(binary, null);
      }
      StringBuilder text = new StringBuilder();
      append(binary, text);
      add(text.toString());
      return null;
    }

    /** What is put together, with {@code {}} for what is no literal. */
    private void append(Tree tree, StringBuilder text) {
      if (tree instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
        append(binary.getLeftOperand(), text);
        append(binary.getRightOperand(), text);
      } else if (tree instanceof LiteralTree literal) {
        text.append(literal.getValue());
      } else {
        text.append("{}");
        scan(tree, null);
      }
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
      if (literal.getValue() instanceof String text) {
        add(text);
      }
      return null;
    }

    private void add(String text) {
      if (BEGINS_LIKE_A_SENTENCE.matcher(text).matches()
          || ENDS_LIKE_A_SENTENCE.matcher(text).matches()
          || isAPartOfASentence(text)) {
        sentences.add(text);
      }
    }

    /** To be put into one elsewhere: {@code its {} is no number}, {@code the {} {}}. */
    private static boolean isAPartOfASentence(String text) {
      List<String> words = List.of(text.strip().split(" "));
      return words.stream().allMatch(word -> WORD.matcher(word).matches())
          && words.subList(0, words.size() - 1).stream().anyMatch(BETWEEN_WORDS::contains)
          && !text.endsWith(NO_WORDS_BUT_SQL);
    }
  }
}
