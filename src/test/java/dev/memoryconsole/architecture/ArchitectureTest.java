package dev.memoryconsole.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import dev.memoryconsole.Launcher;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.upgrade.EntryOutcome;
import dev.memoryconsole.upgrade.RunActivity;
import dev.memoryconsole.upgrade.UpgradePreview;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;

/** The rules of the tree: who may know whom. */
@AnalyzeClasses(locations = ArchitectureTest.AllThatIsShipped.class)
class ArchitectureTest {
  private static final String ROOT = "dev.memoryconsole.";
  private static final String STAND_IN = "io.questdb.jar.jni";

  /** Every class of ours, whatever its package is called. */
  static final class AllThatIsShipped implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      return Set.of(
          Location.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation()));
    }
  }

  @ArchTest
  static final ArchRule EVERYTHING_IS_OURS_BUT_ONE_STAND_IN =
      classes()
          .should()
          .resideInAPackage("dev.memoryconsole..")
          .orShould()
          .haveFullyQualifiedName(STAND_IN + ".JarJniLoader")
          .orShould()
          .haveFullyQualifiedName(STAND_IN + ".package-info")
          .because(
              "Lance calls JarJniLoader by that name, and the real one leaves 150 MB in the"
                  + " temporary directory after a kill (ADR 16)");

  @ArchTest
  static final ArchRule ONLY_LANCE_CALLS_ITS_STAND_IN =
      noClasses()
          .that()
          .resideOutsideOfPackage(STAND_IN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.questdb..")
          .because("it does nothing: who needs the native library asks store.lance for it");

  @ArchTest
  static final ArchRule THE_STAND_IN_KNOWS_NOBODY =
      classes()
          .that()
          .resideInAPackage(STAND_IN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(STAND_IN, "java.lang..", "org.jspecify..");

  @ArchTest
  static final ArchRule ONLY_UI_KNOWS_JAVAFX =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "ui..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javafx..", "org.controlsfx..", "atlantafx..", "org.kordamp..", "com.sun.javafx..");

  @ArchTest
  static final ArchRule ONLY_ROOMS_OF_DATABASES_KNOW_JDBC =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "store.sqlite..",
              ROOT + "store.postgres..",
              ROOT + "journal.*..",
              ROOT + "cancel.sqlite")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..");

  @ArchTest
  static final ArchRule ONLY_ITS_ROOM_KNOWS_SQLITE_BY_NAME =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "store.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sqlite..");

  @ArchTest
  static final ArchRule ONLY_CONNECTIONS_KNOW_THE_POOL =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "store.postgres.connection")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.zaxxer..");

  /**
   * Those of the rooms of databases that open a file by a descriptor of their own, and why that
   * costs no connection of this process its locks.
   */
  private static final Map<String, String> MAY_OPEN_FILES =
      Map.of(
          "store.sqlite.inspection.FileInspection",
              "reads the header while the file is open nowhere in here",
          "store.sqlite.snapshot.DatabaseCopy", "flushes a copy that nobody has opened yet",
          "store.sqlite.connection.HolderFinder", "reads /proc",
          "exchange.source.JsonSource", "reads what it has found to be no database that is open",
          "exchange.Exporter", "writes a new temporary file",
          "exchange.WholeFile", "writes a new temporary file",
          "exchange.KeptSnapshots", "reads and writes a list of names",
          "journal.lives.ProcessLives", "locks files of its own beside the journal",
          "app.DemoMemories", "unpacks the demo's memories into a new file");

  @ArchTest
  static final ArchRule DATABASES_ARE_OPENED_BY_SQLITE_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "store.sqlite..",
              ROOT + "journal..",
              ROOT + "exchange..",
              ROOT + "lab..",
              ROOT + "app..")
          .and(DescribedPredicate.describe("may not", ArchitectureTest::mayNotOpenFiles))
          .should()
          .callMethodWhere(
              DescribedPredicate.describe("opens a file", ArchitectureTest::opensAFile))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.io\\.(RandomAccessFile|File(InputStream|OutputStream|Reader|Writer))"
                  + "|java\\.nio\\.channels\\.(FileChannel|FileLock|AsynchronousFileChannel)")
          .because(
              "who closes a descriptor of a file that SQLite has open in the same process takes the"
                  + " locks from its connections: go through files.OpenDatabases, and give your"
                  + " reason here");

  private static boolean mayNotOpenFiles(JavaClass type) {
    return MAY_OPEN_FILES.keySet().stream()
        .map(name -> ROOT + name)
        .noneMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }

  @ArchTest
  static final ArchRule NOBODY_LOOKS_FOR_MOUNT_POINTS =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "looks for a mount point", call -> call.getName().equals("getFileStore")))
          .because(
              "it fails in a changed root, whose mount points are not in /proc: ask the File for"
                  + " its space and the file system for its views");

  @ArchTest
  static void whoMayOpenFilesIsThere(JavaClasses classes) {
    assertThat(MAY_OPEN_FILES.keySet()).allMatch(name -> classes.contain(ROOT + name));
  }

  private static final Set<String> OPENING =
      Set.of(
          "newInputStream",
          "newOutputStream",
          "newByteChannel",
          "newBufferedReader",
          "newBufferedWriter",
          "readAllBytes",
          "readAllLines",
          "readString",
          "lines",
          "write",
          "writeString",
          "copy",
          "mismatch");

  private static boolean opensAFile(JavaMethodCall call) {
    return call.getTargetOwner().isEquivalentTo(Files.class) && OPENING.contains(call.getName());
  }

  @ArchTest
  static final ArchRule ONLY_LANCE_STORE_KNOWS_LANCE =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "store.lance..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.lance..", "org.apache.arrow..");

  @ArchTest
  static final ArchRule MEMORY_KNOWS_JAVA_JACKSON_AND_MESSAGES_ONLY =
      classes()
          .that()
          .resideInAPackage(ROOT + "memory..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "memory..",
              ROOT + "message..",
              "java..",
              "com.fasterxml.jackson..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule MESSAGES_KNOW_JAVA_AND_JACKSON_ONLY =
      classes()
          .that()
          .resideInAPackage(ROOT + "message..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "message..", "java..", "com.fasterxml.jackson..", "org.jspecify..");

  @ArchTest
  static final ArchRule NOBODY_SEES_THE_COMPOSITION_ROOT =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "app..", "dev.memoryconsole")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "app..");

  @ArchTest
  static final ArchRule NOTHING_BELOW_SEES_THE_WINDOW_OR_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              ROOT + "app..", ROOT + "ui..", ROOT + "cli..", "dev.memoryconsole")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "ui..", ROOT + "cli..");

  @ArchTest
  static final ArchRule PORTS_BELOW_DO_NOT_SEE_THE_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "enrich..",
              ROOT + "store..",
              ROOT + "journal..",
              ROOT + "lock..",
              ROOT + "diff..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "upgrade..", ROOT + "exchange..");

  @ArchTest
  static final ArchRule THE_LAB_TRIES_NO_IMPORTS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "lab..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "exchange..");

  @ArchTest
  static final ArchRule NOTHING_THAT_IS_TRIED_SEES_THE_LAB =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "lab..", ROOT + "app..", ROOT + "ui..", ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "lab..");

  @ArchTest
  static final ArchRule VIEW_MODELS_KNOW_NO_SCENE_GRAPH =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "ui..")
          .and()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javafx.scene..", "javafx.stage..", "javafx.fxml..", "org.controlsfx..")
          .allowEmptyShould(true);

  /** What others have to say is worded in the window's language, by {@code Messages.words}. */
  @ArchTest
  static final ArchRule THE_WINDOW_ASKS_FOR_NO_ENGLISH =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "ui..")
          .should()
          .callMethod(EntryOutcome.class, "reason")
          .orShould()
          .callMethod(EntryRecord.class, "reason")
          .orShould()
          .callMethod(UpgradePreview.class, "reason")
          .orShould()
          .callMethod(RunActivity.WaitingForModel.class, "reason")
          .orShould()
          .accessField(Wording.class, "ENGLISH");

  @ArchTest
  static final ArchRule CONTROLLERS_KNOW_NO_STORE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "ui..")
          .and()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.memoryconsole.store.MemoryStore")
          .allowEmptyShould(true);

  @ArchTest static final ArchTests SEEN_BY_FEW = ArchTests.in(RoomRules.class);

  @ArchTest static final ArchTests NO_CYCLES = ArchTests.in(CycleRules.class);

  @ArchTest static final ArchTests NOTHING_TOO_LARGE = ArchTests.in(SizeRules.class);
}
