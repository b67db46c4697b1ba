package io.questdb.jar.jni;

/** What Lance calls to have its native library loaded; {@code store.lance} has done so before. */
public interface JarJniLoader {
  /** Does nothing: the library is there already, or else the first call into it says so. */
  static <T> void loadLib(Class<T> owner, String folder, String name) {}
}
