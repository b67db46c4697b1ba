package dev.memoryconsole.settings;

/** The common endpoints: where they are, what they speak, and what to start from. */
public enum Preset {
  OPENAI(Protocol.OPENAI, "https://api.openai.com/v1", "gpt-5-mini", "OPENAI_API_KEY", 128_000),
  OPENROUTER(
      Protocol.OPENAI,
      "https://openrouter.ai/api/v1",
      "openai/gpt-oss-120b",
      "OPENROUTER_API_KEY",
      128_000),
  DEEPSEEK(
      Protocol.OPENAI,
      "https://api.deepseek.com/v1",
      "deepseek-v4-flash",
      "DEEPSEEK_API_KEY",
      128_000),
  ANTHROPIC(
      Protocol.ANTHROPIC,
      "https://api.anthropic.com/v1",
      "claude-haiku-4-5",
      "ANTHROPIC_API_KEY",
      200_000),
  VLLM(Protocol.OPENAI, "http://127.0.0.1:8000/v1", "", "", 32_000),
  // The local servers cut what is longer than the window they were started with: a small default.
  LM_STUDIO(Protocol.OPENAI, "http://127.0.0.1:1234/v1", "", "", 4_096),
  OLLAMA(Protocol.OPENAI, "http://127.0.0.1:11434/v1", "", "", 4_096),
  /** Any other endpoint that speaks as OpenAI does. */
  CUSTOM(Protocol.OPENAI, "", "", "", 32_000);

  /** How an endpoint is spoken to. */
  public enum Protocol {
    /** {@code POST /chat/completions}. */
    OPENAI,
    /** {@code POST /messages}. */
    ANTHROPIC
  }

  private final Protocol protocol;
  private final String baseUrl;
  private final String model;
  private final String keyVariable;
  private final int contextTokens;

  Preset(Protocol protocol, String baseUrl, String model, String keyVariable, int contextTokens) {
    this.protocol = protocol;
    this.baseUrl = baseUrl;
    this.model = model;
    this.keyVariable = keyVariable;
    this.contextTokens = contextTokens;
  }

  /** How it is spoken to. */
  public Protocol protocol() {
    return protocol;
  }

  /** Where it is; empty if that is not known. */
  String baseUrl() {
    return baseUrl;
  }

  /** The model to start with; empty if there is none. */
  String model() {
    return model;
  }

  /** Where its key usually is. */
  KeySource key() {
    return keyVariable.isEmpty() ? KeySource.NONE : KeySource.ofEnvironment(keyVariable);
  }

  /** The window of its models. */
  int contextTokens() {
    return contextTokens;
  }
}
