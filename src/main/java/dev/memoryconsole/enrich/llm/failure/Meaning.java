package dev.memoryconsole.enrich.llm.failure;

import java.util.regex.Pattern;

/**
 * What an endpoint's refusal is about: by its status, and by its words where endpoints use the same
 * status for different things. The words are those of OpenAI, Azure, Anthropic, Gemini, OpenRouter,
 * DeepSeek, Mistral, Groq, Together, SiliconFlow, LiteLLM, vLLM, llama.cpp, Ollama and LM Studio.
 */
enum Meaning {
  KEY(FailureKind.KEY_REFUSED),
  QUOTA(FailureKind.QUOTA_GONE),
  QUOTA_FOR_LONG_ANSWERS(FailureKind.QUOTA_GONE),
  MODEL(FailureKind.MODEL_NOT_FOUND),
  FORBIDDEN(FailureKind.FORBIDDEN),
  FILTER(FailureKind.FILTERED),
  TOO_LONG(FailureKind.TOO_LONG),
  TRY_AGAIN(FailureKind.TRY_AGAIN),
  RATE(FailureKind.RATE_LIMITED),
  OVERLOADED(FailureKind.SERVER_ERROR),
  SERVER(FailureKind.SERVER_ERROR),
  OTHER(FailureKind.BAD_REQUEST);

  // What no waiting of minutes brings back.
  private static final Pattern GONE =
      Pattern.compile(
          "insufficient[_ ](?:user[_ ])?(?:quota|balance|credits?|funds)|balance (?:is )?(?:not"
              + " enough|insufficient|too low)|(?:not enough|out of|more|add|purchase)"
              + " credits|credit balance|billing_not_active|billing_hard_limit|key limit"
              + " exceeded|budget has been exceeded|(?:spend|spending|usage|monthly|credit)"
              + " limit[^.]{0,30}(?:exceeded|reached|hit)|(?:exceeded|reached)[^.]{0,30}(?:spend|spending|usage|monthly|credit)"
              + " limit|payment required|overdue|arrear|account is not active|subscription has"
              + " expired");
  // What may be a limit per minute as well: a wait that comes with it says so.
  private static final Pattern QUOTA_WORDS =
      Pattern.compile(
          "exceeded your current quota|quota[^.]{0,40}(?:exhausted|used up|exceeded)"
              + "|(?:exceeded|exhausted)[^.]{0,40}quota|check your plan|billing");
  private static final Pattern FEWER_TOKENS =
      Pattern.compile("fewer max_tokens|lower max_tokens|can only afford");
  private static final Pattern KEY_WORDS =
      Pattern.compile(
          "(?:api|access|secret|auth)[_ -]?(?:key|token)[^.\"]{0,20} (?:is )?(?:not"
              + " valid|invalid|expired|incorrect)|\\bkey (?:is )?(?:not"
              + " valid|invalid|expired|incorrect)|(?:invalid|incorrect|missing|malformed|expired|no)[_"
              + " -](?:x-)?api[_ -]?(?:key|token)|api_key_invalid|authentication[_"
              + " ](?:error|failed|fails)|unauthenticated|invalid[_ ]authentication");
  private static final Pattern MODEL_WORDS =
      Pattern.compile(
          "model[_ ]not[_ ](?:found|exist)|deploymentnotfound|modelnotfound|model[^.]{0,120}(?:does"
              + " not exist|not found|was not found|not exist|not a valid model|has been"
              + " decommissioned|is deprecated|has been removed|no longer"
              + " (?:available|supported))|(?:invalid|unknown|no such|unsupported) model\\b|not a"
              + " valid model|invalid model name|no endpoints found for|model_decommissioned|no"
              + " models? (?:is )?loaded|model[^.]{0,60}not loaded|try pulling it");
  private static final Pattern WINDOW =
      Pattern.compile(
          "context[_ ]length|context window|context size|maximum context|prompt is too long"
              + "|too many tokens|exceeds? the (?:available )?context|input is too long"
              + "|maximum (?:input|prompt) length|token count[^.]{0,40}exceeds");
  private static final Pattern FILTER_WORDS =
      Pattern.compile(
          "content[_ ](?:filter|policy|management)|safety|moderation|flagged"
              + "|responsibleai|inappropriate content|data_inspection_failed");
  private static final Pattern ROUTE =
      Pattern.compile(
          "unexpected endpoint or method|invalid url \\(|no route for|no route matched"
              + "|unknown (?:url|endpoint|route)|404 page not found|cannot (?:post|get) /"
              + "|unknown request url");

  private final FailureKind kind;

  Meaning(FailureKind kind) {
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }

  /** Whether it says that nothing is at this path. */
  static boolean isNoSuchRoute(String lower) {
    return ROUTE.matcher(lower).find();
  }

  /**
   * Tells what a refusal is about.
   *
   * @param status 400 or more
   * @param lower its body in lower case
   * @param hasWait whether it says when to try again
   */
  static Meaning of(int status, String lower, boolean hasWait) {
    return switch (status) {
      case 401 -> KEY;
      case 402 -> quota(lower);
      case 403 -> ofForbidden(lower);
      case 404 -> MODEL;
      case 408, 409, 425 -> TRY_AGAIN;
      case 413 -> TOO_LONG;
      case 429 ->
          GONE.matcher(lower).find() || (!hasWait && QUOTA_WORDS.matcher(lower).find())
              ? quota(lower)
              : RATE;
      case 529 -> OVERLOADED;
      default -> status >= 500 ? ofServer(lower) : ofRefusal(lower, hasWait);
    };
  }

  private static Meaning quota(String lower) {
    return FEWER_TOKENS.matcher(lower).find() ? QUOTA_FOR_LONG_ANSWERS : QUOTA;
  }

  private static Meaning ofForbidden(String lower) {
    if (GONE.matcher(lower).find() || QUOTA_WORDS.matcher(lower).find()) {
      return quota(lower);
    }
    if (KEY_WORDS.matcher(lower).find()) {
      return KEY;
    }
    return FILTER_WORDS.matcher(lower).find() ? FILTER : FORBIDDEN;
  }

  private static Meaning ofServer(String lower) {
    // Gateways hand on what their provider said, and give it a status of their own.
    if (GONE.matcher(lower).find()) {
      return quota(lower);
    }
    return WINDOW.matcher(lower).find() ? TOO_LONG : SERVER;
  }

  private static Meaning ofRefusal(String lower, boolean hasWait) {
    if (WINDOW.matcher(lower).find()) {
      return TOO_LONG;
    }
    if (GONE.matcher(lower).find() || (!hasWait && QUOTA_WORDS.matcher(lower).find())) {
      return quota(lower);
    }
    if (KEY_WORDS.matcher(lower).find()) {
      return KEY;
    }
    if (MODEL_WORDS.matcher(lower).find()) {
      return MODEL;
    }
    return FILTER_WORDS.matcher(lower).find() ? FILTER : OTHER;
  }

  /** The status that fits a failure reported without one. */
  static int statusOf(String lower) {
    if (KEY_WORDS.matcher(lower).find()) {
      return 401;
    }
    if (GONE.matcher(lower).find()) {
      return 402;
    }
    if (MODEL_WORDS.matcher(lower).find()) {
      return 404;
    }
    if (lower.contains("resource_exhausted")
        || lower.contains("rate limit")
        || lower.contains("rate_limit")) {
      return 429;
    }
    boolean refused =
        lower.contains("invalid_request")
            || lower.contains("badrequest")
            || lower.contains("bad_request")
            || lower.contains("invalid_argument")
            || lower.contains("not supported")
            || lower.contains("unsupported")
            || lower.contains("must be");
    return refused || WINDOW.matcher(lower).find() ? 400 : 500;
  }
}
