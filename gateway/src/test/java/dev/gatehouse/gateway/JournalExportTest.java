package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.gatehouse.gateway.command.Gatehouse;
import dev.gatehouse.gateway.command.Places;
import dev.gatehouse.testing.RealMariaDb;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded sessions reach other programs in their own formats, with what was decided, and with nothing that was masked. */
final class JournalExportTest {

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int PACKET = 6;

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(
                    Path.of("../docs/schema/journal-record.schema.json").toUri().toString()));

    @TempDir
    private static Path folder;

    private static Path postgres;
    private static Path mysql;

    @BeforeAll
    static void record() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder.resolve("postgres"))) {
            postgres = gateway.journal();
            try (Connection connection = gateway.connect("maya")) {
                ask(connection);
            }
        }
        try (MySqlGateway gateway = MySqlGateway.start(RealMariaDb.shared(), folder.resolve("mysql"))) {
            mysql = gateway.journal();
            try (Connection connection = gateway.connect("maya")) {
                ask(connection);
            }
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared =
                        connection.prepareStatement("select email, '\"a\", b' as q from customers where id = ?")) {
            prepared.setInt(1, 4);
            assertThat(prepared.executeQuery().next()).isTrue();
            assertThat(catchThrowable(() -> statement.execute("-- no\ndrop table customers")))
                    .isInstanceOf(SQLException.class);
            assertThat(catchThrowable(() -> statement.execute("select none from customers")))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static String export(Path journal, String... options) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("journal", "export", "--dir", journal.toString(), "--last"));
        arguments.addAll(List.of(options));
        int status = Gatehouse.line(new Product(Map.of()), new Places(Map.of(), folder), Map.of(), List.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments.toArray(new String[0]));
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    private static List<JsonNode> lines(String text) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void everyRecordIsALineOfJson() throws Exception {
        for (Path journal : List.of(postgres, mysql)) {
            List<JsonNode> lines = lines(export(journal, "--format", "jsonl"));
            assertThat(lines.stream().map(line -> line.path("type").asText()))
                    .startsWith("opened")
                    .endsWith("closed")
                    .contains("asked", "answered")
                    .doesNotContain("frames");
            JsonNode drop = lines.stream()
                    .filter(line -> line.path("sql").asText().contains("drop"))
                    .findFirst()
                    .orElseThrow();
            assertThat(drop.path("verdict").asText()).isEqualTo("block");
            assertThat(drop.path("sql").asText()).isEqualTo("-- no\ndrop table customers");
            assertThat(drop.path("decision").asText()).startsWith("dec_");

            String all = export(journal, "--format", "jsonl", "--frames");
            for (JsonNode line : lines(all)) {
                assertThat(SCHEMA.validate(line)).as(line.toString()).isEmpty();
            }
            assertThat(lines(all).stream()
                            .filter(line -> line.path("type").asText().equals("frames")))
                    .hasSizeGreaterThan(4)
                    .allMatch(line -> line.path("bytes").isTextual());
        }
    }

    @Test
    void statementsAreLinesOfACsvFile() {
        for (Path journal : List.of(postgres, mysql)) {
            String csv = export(journal, "--format", "csv");
            assertThat(csv).startsWith("time,decision,session,user,kind,source,application,protocol,upstream,");
            assertThat(csv).contains(",block,", "\"-- no\ndrop table customers\"", "'\"\"a\"\", b'", ",true,");
        }
    }

    @Test
    void statementsAreActivitiesOfOcsf() throws Exception {
        for (Path journal : List.of(postgres, mysql)) {
            List<JsonNode> lines = lines(export(journal, "--format", "ocsf"));
            assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
            for (JsonNode line : lines) {
                // What the class requires, of itself and of the objects in it.
                for (String required :
                        List.of("/category_uid", "/class_uid", "/activity_id", "/type_uid", "/severity_id", "/time")) {
                    assertThat(line.at(required).isIntegralNumber())
                            .as(required)
                            .isTrue();
                }
                for (String required : List.of(
                        "/metadata/version",
                        "/metadata/product/vendor_name",
                        "/actor/user/name",
                        "/src_endpoint/ip",
                        "/database/name",
                        "/query_info/query_string")) {
                    assertThat(line.at(required).isTextual()).as(required).isTrue();
                }
                assertThat(line.path("type_uid").asInt())
                        .isEqualTo(6005 * 100 + line.path("activity_id").asInt());
            }
            assertThat(lines.stream()
                            .filter(line ->
                                    line.at("/unmapped/verdict").asText().equals("block")))
                    .singleElement()
                    .matches(line -> line.path("status_id").asInt() == 2);
        }
    }

    @Test
    void statementsAreLinesOfPgaudit() {
        for (Path journal : List.of(postgres, mysql)) {
            assertThat(export(journal, "--format", "pgaudit").lines())
                    .anyMatch(line ->
                            line.matches("\\d{4}-\\d\\d-\\d\\d [\\d:.]+ UTC \\[ses_\\w+] maya@\\S+/.* LOG:  AUDIT: "
                                    + "SESSION,\\d+,1,READ,SELECT,,,\"select email, .*\",(\"4\"|<none>)"))
                    .anyMatch(line ->
                            line.contains("LOG:  AUDIT: SESSION,") && line.contains(",DDL,DROP TABLE,,,\"-- no"))
                    .anyMatch(line -> line.contains(" ERROR:  "));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packetsAreWholeAndOfTheClientAlone(boolean isPostgres) throws Exception {
        Path file = folder.resolve("packets-" + isPostgres);
        export(isPostgres ? postgres : mysql, "--format", "pcapng", "-f", file.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(blocks.getInt(0)).isEqualTo(SECTION_HEADER);
        int packets = 0;
        for (int at = 0; at < bytes.length; at += blocks.getInt(at + 4)) {
            assertThat(blocks.getInt(at + blocks.getInt(at + 4) - 4)).isEqualTo(blocks.getInt(at + 4));
            packets += blocks.getInt(at) == PACKET ? 1 : 0;
        }
        assertThat(packets).isGreaterThan(8);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .contains("block by rule", "drop table customers", "masked: ")
                .doesNotContain("user4@acme.test");
    }

    @Test
    void wiresharkShowsPostgresStatements() throws Exception {
        assertThat(dissected(postgres, "pgsql.query"))
                .contains("drop table customers", "select email", "block by rule")
                .doesNotContain("Malformed");
    }

    @Test
    void wiresharkShowsMySqlStatements() throws Exception {
        assertThat(dissected(mysql, "mysql.query")).contains("drop table customers", "select email", "block by rule");
    }

    private static String dissected(Path journal, String field) throws Exception {
        InstalledTool.assume("tshark");
        Path file = folder.resolve(field + ".pcapng");
        export(journal, "--format", "pcapng", "-f", file.toString());
        return InstalledTool.run(
                        "", "", "tshark", "-r", file.toString(), "-T", "fields", "-e", field, "-e", "frame.comment")
                + InstalledTool.run("", "", "tshark", "-r", file.toString(), "-V");
    }

    @Test
    void whatCannotBeIsRefusedWithTheWayOut() {
        StringWriter err = new StringWriter();
        int status = Gatehouse.line(new Product(Map.of()), new Places(Map.of(), folder), Map.of(), List.of())
                .setErr(new PrintWriter(err, true))
                .execute("journal", "export", "--dir", postgres.toString(), "--last", "--format", "pcapng");
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("pcapng is not text", "-f sessions.pcapng");
    }

    @AfterAll
    static void nothingIsLeftBegun() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".gatehouse-export"));
        }
    }
}
