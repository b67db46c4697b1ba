package dev.memoryconsole.enrich.llm.http;

import dev.memoryconsole.enrich.llm.failure.EndpointCode;
import dev.memoryconsole.message.CodedCheckedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom an encrypted connection trusts: the authorities Java knows, and one's own. Stateless. */
public final class Trust {
  private static final long LARGEST_FILE = 10_000_000;
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509"
              + " )?CERTIFICATE-----");

  private Trust() {}

  /** A file can't be used. */
  public static final class UnusableFileException extends CodedCheckedException {
    UnusableFileException(EndpointCode why, Path file) {
      super(why.with(file));
    }
  }

  /**
   * Trusts the file's certificates too.
   *
   * @param file of one certificate or more, as PEM or DER
   * @throws UnusableFileException if there is no certificate in it
   */
  static SSLContext with(Path file) throws UnusableFileException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory(authorities(file)).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException(EndpointCode.CA_FILE_UNUSABLE, file);
    }
  }

  /**
   * The authorities that Java knows, and those in the file.
   *
   * @param file of one certificate or more, as PEM or DER
   * @throws UnusableFileException if there is no certificate in it
   */
  public static KeyStore authorities(Path file) throws UnusableFileException {
    List<Certificate> own = read(file);
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (X509Certificate known : javasOwn()) {
        all.setCertificateEntry("java-" + number++, known);
      }
      for (Certificate certificate : own) {
        all.setCertificateEntry("own-" + number++, certificate);
      }
      return all;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableFileException(EndpointCode.CA_FILE_UNUSABLE, file);
    }
  }

  private static List<X509Certificate> javasOwn() throws GeneralSecurityException {
    List<X509Certificate> known = new ArrayList<>();
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        known.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return known;
  }

  private static TrustManagerFactory factory(@Nullable KeyStore keys)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(keys);
    return factory;
  }

  private static List<Certificate> read(Path file) throws UnusableFileException {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        throw new UnusableFileException(EndpointCode.CA_FILE_MISSING, file);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableFileException(EndpointCode.CA_FILE_UNREADABLE, file);
    }
    List<Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      // Bundles have names and comments between the certificates.
      Matcher pem = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (pem.find()) {
        String one = pem.group().replaceAll("(?:TRUSTED |X509 )(?=CERTIFICATE)", "");
        certificates.addAll(certificates(factory, one.getBytes(StandardCharsets.ISO_8859_1)));
      }
      if (certificates.isEmpty()) {
        certificates.addAll(certificates(factory, bytes));
      }
    } catch (CertificateException noCertificate) {
      // Said below.
    }
    if (certificates.isEmpty()) {
      throw new UnusableFileException(EndpointCode.CA_FILE_WITHOUT_CERTIFICATE, file);
    }
    return certificates;
  }

  private static Collection<? extends Certificate> certificates(
      CertificateFactory factory, byte[] bytes) throws CertificateException {
    return factory.generateCertificates(new ByteArrayInputStream(bytes));
  }
}
