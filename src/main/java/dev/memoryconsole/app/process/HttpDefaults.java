package dev.memoryconsole.app.process;

/** Properties that the JDK's HTTP client reads once, when a process makes its first one. */
public final class HttpDefaults {
  private HttpDefaults() {}

  /**
   * Sets it for the rest of this process's life; to be called before anything uses HTTP. Like every
   * other tool, the app tells a proxy the password from {@code HTTPS_PROXY}, which the JDK would
   * not on the way to an encrypted endpoint.
   */
  public static void set() {
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
  }
}
