package dev.gatehouse.bench.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * PostgreSQL's own grammar, as node's package {@code libpg-query} has it.
 *
 * @param folder where the package and the program around it are
 */
record Oracle(Path folder) {

    private static final String PACKAGE = "libpg-query@17.7.4";
    private static final String PROGRAM = "oracle.mjs";

    /** Installs it into a folder that is kept for the next time; empty, and said so, where there is no node. */
    static Optional<Oracle> install(PrintWriter err) throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-oracle-" + PACKAGE.replace('@', '-'));
        Files.createDirectories(folder);
        if (!Files.isDirectory(folder.resolve("node_modules/libpg-query"))) {
            Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
            if (!installed(folder)) {
                err.println("THE ORACLE IS LEFT OUT: node and npm, and what npm installs, are needed for it");
                err.flush();
                return Optional.empty();
            }
        }
        try (InputStream program = Oracle.class.getResourceAsStream("/corpora/" + PROGRAM)) {
            Files.write(folder.resolve(PROGRAM), Objects.requireNonNull(program).readAllBytes());
        }
        return Optional.of(new Oracle(folder));
    }

    private static boolean installed(Path folder) throws InterruptedException {
        try {
            return new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--silent", PACKAGE)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** One verdict for each line; null where PostgreSQL does not take it. */
    List<JsonNode> judge(Path file) throws IOException, InterruptedException {
        return Filter.run(List.of("node", folder.resolve(PROGRAM).toString(), folder.toString()), file);
    }
}
