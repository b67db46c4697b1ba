package dev.memoryconsole.cli.command.model;

import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.enrich.llm.ConnectionReport;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import picocli.CommandLine.Command;

/** {@code memory-console test-model}: one call about an invented memory. */
@Command(
    name = "test-model",
    description = "Asks a model once about an invented memory and says how it answered.")
public final class TestModelCommand extends ModelCommand {
  @Override
  boolean needsModel() {
    return true;
  }

  @Override
  int run(Services services, ModelSettings model) throws Exception {
    ConnectionReport report = services.models().testConnection(model);
    String host = Endpoint.of(model.baseUrl()).host();
    long millis = report.latency().toMillis();
    if (isJson()) {
      print(
          Json.object()
              .put("host", host)
              .put("ms", millis)
              .put("model", report.model())
              .put("valid_json", report.validJson())
              .put("problem", Wording.ENGLISH.of(report.problem())));
    } else if (report.validJson()) {
      out().printf("%s answered in %d ms with valid JSON. %s%n", host, millis, report.model());
    } else {
      out()
          .printf(
              "%s did not answer as it should: %s%n", host, Wording.ENGLISH.of(report.problem()));
    }
    return report.validJson() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
