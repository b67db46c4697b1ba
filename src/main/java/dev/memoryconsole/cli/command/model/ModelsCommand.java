package dev.memoryconsole.cli.command.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code memory-console models}: what an endpoint offers. */
@Command(name = "models", description = "Lists the models that an endpoint offers.")
public final class ModelsCommand extends ModelCommand {
  @Override
  boolean needsModel() {
    return false;
  }

  @Override
  int run(Services services, ModelSettings model) throws Exception {
    List<String> names = services.models().listModels(model);
    String host = Endpoint.of(model.baseUrl()).host();
    if (isJson()) {
      ObjectNode document = Json.object().put("host", host);
      ArrayNode models = document.putArray("models");
      names.forEach(models::add);
      print(document);
    } else if (names.isEmpty()) {
      out().printf("%s does not list its models.%n", host);
    } else {
      names.forEach(name -> out().printf("%s%n", name));
    }
    return ExitCode.DONE;
  }
}
