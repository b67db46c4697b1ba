package dev.memoryconsole.crash;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.sqlite.core.DB;

/**
 * Makes a copy of the SQLite driver's one gate for statements that tells {@link StepTap} before and
 * after each, so that a process can be stopped at any of them while the program knows nothing of
 * it.
 */
final class TappedDriver {
  private static final ClassDesc TAP = ClassDesc.of("dev.memoryconsole.crash.StepTap");
  private static final ClassDesc GATE = ClassDesc.of("org.sqlite.core.DB");
  private static final ClassDesc STATEMENT = ClassDesc.of("org.sqlite.core.CoreStatement");
  private static final MethodTypeDesc TOLD =
      MethodTypeDesc.of(CD_void, GATE, CD_String, CD_Object.arrayType());

  private TappedDriver() {}

  /** Writes the copy below a folder, which then comes first in a class path. */
  static void writeTo(Path folder) throws Exception {
    byte[] original;
    try (InputStream in =
        Objects.requireNonNull(DB.class.getResourceAsStream("/org/sqlite/core/DB.class"))) {
      original = in.readAllBytes();
    }
    AtomicBoolean found = new AtomicBoolean();
    Predicate<MethodModel> isGate =
        method -> {
          boolean gate =
              method.methodName().equalsString("execute")
                  && method
                      .methodType()
                      .equalsString("(Lorg/sqlite/core/CoreStatement;[Ljava/lang/Object;)Z");
          found.compareAndSet(false, gate);
          return gate;
        };
    ClassFile files = ClassFile.of();
    byte[] tapped =
        files.transformClass(
            files.parse(original), ClassTransform.transformingMethodBodies(isGate, taps()));
    if (!found.get()) {
      throw new IllegalStateException("The driver has no such method any more.");
    }
    Path target = folder.resolve("org/sqlite/core/DB.class");
    Files.createDirectories(target.getParent());
    Files.write(target, tapped);
  }

  private static CodeTransform taps() {
    CodeTransform before =
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder code) {
            tell(code, "before");
          }

          @Override
          public void accept(CodeBuilder code, java.lang.classfile.CodeElement element) {
            if (element instanceof ReturnInstruction) {
              tell(code, "after");
            }
            code.with(element);
          }
        };
    return before;
  }

  private static void tell(CodeBuilder code, String when) {
    code.aload(0)
        .aload(1)
        .getfield(STATEMENT, "sql", CD_String)
        .aload(2)
        .invokestatic(TAP, when, TOLD);
  }
}
