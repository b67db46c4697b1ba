package dev.memoryconsole.app.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.Reporter;

/**
 * Sends the log to the workspace and nowhere else: the console belongs to the program's output.
 * Logback finds it as a service; it is code, because reading the same from XML takes a third of a
 * short command's time.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
  private static final String FOLDER = "memoryconsole.logs";

  private static final String PROVIDER = LoggerFactory.PROVIDER_PROPERTY_KEY;
  // Only what runs without the launcher has no workspace: its log must not land among sources.
  private static final String WITHOUT_WORKSPACE = "target/logs";
  private static final long MOST_BYTES = 5 * 1024 * 1024;
  private static final int OLD_FILES = 3;
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{24} - %msg%n";

  /** Made by logback. */
  public LogConfigurator() {}

  /** Says where the log of this process is; to be called before the first logger is made. */
  public static void begin(Path folder) {
    System.setProperty(FOLDER, folder.toString());
    // Named, so that SLF4J need not look for it in every jar.
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, LogbackServiceProvider.class.getName());
      // And without telling the console that it does.
      System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    String folder = System.getProperty(FOLDER, WITHOUT_WORKSPACE);
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setName("FILE");
    file.setFile(folder + "/memory-console.log");

    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(LINE);
    encoder.start();
    file.setEncoder(encoder);

    FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
    names.setContext(context);
    names.setParent(file);
    names.setFileNamePattern(folder + "/memory-console.%i.log");
    names.setMinIndex(1);
    names.setMaxIndex(OLD_FILES);
    names.start();
    file.setRollingPolicy(names);

    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(MOST_BYTES));
    size.start();
    file.setTriggeringPolicy(size);
    file.start();

    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(file);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
