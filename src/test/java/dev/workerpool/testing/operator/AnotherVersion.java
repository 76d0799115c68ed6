package dev.workerpool.testing.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The packaged operator under another version: beside the first, for the sake of its libraries. */
final class AnotherVersion {
    private AnotherVersion() {}

    static Path of(Path jar, String version) {
        Path another = jar.resolveSibling("workerpool-operator-" + version + ".jar");
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(another), manifest)) {
                copy(from, to);
            }
            return another;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(JarFile from, JarOutputStream to) throws IOException {
        for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                to.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
            }
        }
    }
}
