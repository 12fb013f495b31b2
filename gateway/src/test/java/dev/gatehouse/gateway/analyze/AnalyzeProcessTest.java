package dev.gatehouse.gateway.analyze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.Main;
import dev.gatehouse.testing.RealPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a program starts it: its streams, its exit status, and a real catalog. */
@Timeout(120)
final class AnalyzeProcessTest {

    private final Path folder;

    AnalyzeProcessTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aLineIsAnsweredBeforeTheNextOneIsSent() throws IOException, InterruptedException {
        Process process = start("analyze");
        try (BufferedReader answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
                OutputStream lines = process.getOutputStream()) {
            for (String word : List.of("begin", "commit", "rollback")) {
                lines.write(("{\"sql\":\"" + word + "\"}\n").getBytes(UTF_8));
                lines.flush();
                assertThat(answers.readLine()).contains("\"kind\":\"" + word + "\"");
            }
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whoStopsReadingEndsItWithoutAWord() throws IOException, InterruptedException {
        Path lines = folder.resolve("lines");
        Files.writeString(lines, "{\"sql\":\"select 1\"}\n".repeat(50_000));
        Process process = start("analyze", lines.toString());
        try (BufferedReader answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(answers.readLine()).contains("\"kind\":\"select\"");
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(process.getErrorStream().readAllBytes()).asString(UTF_8).isEmpty();
    }

    @Test
    void whatIsWrongWithTheCallIsSaidWithItsExitStatus() throws IOException, InterruptedException {
        assertThat(fails("analyze", folder.resolve("none").toString())).startsWith("6 there is no file ");
        assertThat(fails("analyze", folder.toString())).startsWith("1 ");
        assertThat(fails("analyze", "--dialect", "oracle")).startsWith("2 ");
        assertThat(fails("analyze", "--catalog", "ftp://x/y")).startsWith("2 ");
        assertThat(fails("analyze", "--server-version", "1.0")).startsWith("2 ");
        assertThat(fails("analyze", "--catalog", folder.resolve("none.json").toString()))
                .startsWith("6 ");
        Path file = Files.writeString(folder.resolve("catalog.json"), "{\"a\":1}");
        assertThat(fails("analyze", "--catalog", file.toString())).startsWith("3 ");
        assertThat(fails("analyze", "--catalog", "postgresql://u:secret@127.0.0.1:1/d"))
                .startsWith("8 ")
                .doesNotContain("secret");
    }

    @Test
    void aCatalogTellsColumnsAndLineage() throws IOException, InterruptedException, SQLException {
        RealPostgres server = RealPostgres.shared();
        String database = server.createDatabase();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table users (id int, email text)");
            statement.execute("create schema crm");
            statement.execute("create table crm.notes (id int, text text)");
            statement.execute("create view contact as select id, lower(email) as mail from users");
        }
        String dsn = "postgresql://" + server.username() + ":"
                + URLEncoder.encode(server.password(), UTF_8).replace("+", "%20") + "@" + server.host() + ":"
                + server.port() + "/" + database;
        List<String> answers = answers(
                List.of(
                        "{\"sql\":\"select u.email x, n.* from users u, crm.notes n where u.id = n.id\"}",
                        "{\"sql\":\"select mail from public.contact\"}",
                        "{\"sql\":\"fetch c\"}"),
                "analyze",
                "--catalog",
                dsn,
                "-");
        assertThat(answers.get(0))
                .contains(
                        "\"tables\":[{\"schema\":null,\"table\":\"users\",\"access\":[\"read\"]},"
                                + "{\"schema\":\"crm\",\"table\":\"notes\",\"access\":[\"read\"]}]",
                        "{\"table\":\"users\",\"column\":\"email\",\"use\":[\"output\"]}",
                        "{\"table\":\"users\",\"column\":\"id\",\"use\":[\"predicate\"]}",
                        "\"lineage\":[{\"name\":\"x\",\"from\":[\"users.email\"],\"unknown\":false},"
                                + "{\"name\":\"id\",\"from\":[\"crm.notes.id\"],\"unknown\":false},");
        assertThat(answers.get(1))
                .contains("\"schema\":\"public\",\"table\":\"contact\"", "\"schema\":null,\"table\":\"users\"")
                .contains("\"name\":\"mail\",\"from\":[\"public.contact.mail\",\"users.email\"],\"unknown\":false");
        assertThat(answers.get(2)).contains("\"lineage\":[{\"name\":null,\"from\":[],\"unknown\":true}]");
    }

    private String fails(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(said).startsWith("gatehouse: ").doesNotContain("\tat ");
        return process.waitFor() + " " + said.substring("gatehouse: ".length());
    }

    private List<String> answers(List<String> lines, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream in = process.getOutputStream()) {
            in.write(String.join("\n", lines).getBytes(UTF_8));
        }
        List<String> answers = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return answers;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }
}
