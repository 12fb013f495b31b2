package dev.gatehouse.analyzer.catalog;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.analyzer.catalog.Server.Product;
import dev.gatehouse.analyzer.catalog.Server.TableNames;
import dev.gatehouse.analyzer.catalog.Snapshot.Attribute;
import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.firewall.statement.Effect.Volatility;
import dev.gatehouse.firewall.statement.Table;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a catalog that was written down as JSON; {@link CatalogWriter} writes it. {@code docs/catalog-file.md} says what is
 * in it. A member that is not known is refused, so that a misspelt one is not taken for one that is missing.
 */
public final class CatalogFile {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CatalogFile() {}

    /**
     * Reads a catalog.
     *
     * @throws IOException if it cannot be read, or is not of this form; the message says what is wrong
     */
    public static Snapshot read(Reader file) throws IOException {
        JsonNode root = MAPPER.readTree(file);
        if (root.isMissingNode()) {
            throw new IOException("the catalog is empty");
        }
        members(root, "the catalog", "server", "schemas", "relations", "routines", "constraints");
        Server server = server(root.path("server"));
        List<Relation> relations = new ArrayList<>();
        for (JsonNode relation : list(root, "relations")) {
            relations.add(relation(relation));
        }
        List<Routine> routines = new ArrayList<>();
        for (JsonNode routine : list(root, "routines")) {
            routines.add(routine(routine));
        }
        Set<String> schemas = new HashSet<>(texts(root, "schemas"));
        relations.forEach(relation -> schemas.add(relation.table().schema()));
        List<Constraint> constraints = new ArrayList<>();
        for (JsonNode constraint : list(root, "constraints")) {
            constraints.add(constraint(constraint));
        }
        return SystemCatalog.complete(server, schemas, relations, routines, constraints);
    }

    private static Constraint constraint(JsonNode node) throws IOException {
        members(node, "a constraint", "schema", "table", "sort", "columns", "referred");
        Optional<Constraint.Referred> referred = Optional.empty();
        JsonNode other = node.path("referred");
        if (!other.isMissingNode()) {
            members(other, "what is referred to", "schema", "table", "columns", "cascades");
            referred = Optional.of(new Constraint.Referred(
                    new Table(text(other, "schema"), text(other, "table")),
                    texts(other, "columns"),
                    flag(other, "cascades", true)));
        }
        Constraint.Sort sort = referred.isPresent() ? Constraint.Sort.REFERENCE : Constraint.Sort.CHECK;
        return new Constraint(
                new Table(text(node, "schema"), text(node, "table")),
                choice(Constraint.Sort.class, node, "sort", sort),
                texts(node, "columns"),
                referred);
    }

    private static Server server(JsonNode node) throws IOException {
        members(node, "the server", "product", "version", "table_names", "sql_mode");
        return new Server(
                choice(Product.class, node, "product", Product.POSTGRESQL),
                text(node, "version", ""),
                choice(TableNames.class, node, "table_names", TableNames.EXACT),
                text(node, "sql_mode", ""));
    }

    private static Relation relation(JsonNode node) throws IOException {
        members(node, "a relation", "schema", "name", "sort", "oid", "columns", "view", "definer", "parents");
        List<Attribute> columns = new ArrayList<>();
        for (JsonNode column : list(node, "columns")) {
            columns.add(attribute(column, columns.size() + 1));
        }
        List<Table> parents = new ArrayList<>();
        for (JsonNode parent : list(node, "parents")) {
            members(parent, "a parent", "schema", "name");
            parents.add(new Table(text(parent, "schema"), text(parent, "name")));
        }
        Optional<String> view = optional(node, "view");
        Relation.Sort sort = view.isPresent() ? Relation.Sort.VIEW : Relation.Sort.TABLE;
        return new Relation(
                (int) number(node, "oid", 0),
                new Table(text(node, "schema"), text(node, "name")),
                choice(Relation.Sort.class, node, "sort", sort),
                columns,
                view,
                optional(node, "definer"),
                parents);
    }

    private static Attribute attribute(JsonNode node, int number) throws IOException {
        if (node.isTextual()) {
            return new Attribute(number, node.textValue());
        }
        members(node, "a column", "name", "type", "number", "hidden", "sources");
        return new Attribute(
                (int) number(node, "number", number),
                text(node, "name"),
                text(node, "type", ""),
                flag(node, "hidden", false),
                texts(node, "sources"));
    }

    private static Routine routine(JsonNode node) throws IOException {
        members(
                node,
                "a routine",
                "schema",
                "name",
                "sort",
                "volatility",
                "language",
                "definer",
                "columns",
                "certain",
                "rows");
        return new Routine(
                text(node, "schema"),
                text(node, "name"),
                choice(Routine.Sort.class, node, "sort", Routine.Sort.FUNCTION),
                choice(Volatility.class, node, "volatility", Volatility.VOLATILE),
                text(node, "language", ""),
                optional(node, "definer"),
                texts(node, "columns"),
                flag(node, "certain", true),
                flag(node, "rows", false));
    }

    private static void members(JsonNode node, String what, String... known) throws IOException {
        if (!node.isObject() && !node.isMissingNode()) {
            throw new IOException(what + " is no JSON object");
        }
        Set<String> names = Set.of(known);
        for (Iterator<String> found = node.fieldNames(); found.hasNext(); ) {
            String name = found.next();
            if (!names.contains(name)) {
                throw new IOException(what + " has no \"" + name + "\"");
            }
        }
    }

    private static Iterable<JsonNode> list(JsonNode node, String member) throws IOException {
        JsonNode list = node.path(member);
        if (!list.isArray() && !list.isMissingNode()) {
            throw new IOException("\"" + member + "\" is no list");
        }
        return list;
    }

    private static List<String> texts(JsonNode node, String member) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(node, member)) {
            if (!element.isTextual()) {
                throw new IOException("\"" + member + "\" holds something that is no string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static String text(JsonNode node, String member) throws IOException {
        return optional(node, member).orElseThrow(() -> new IOException("a \"" + member + "\" is missing"));
    }

    private static String text(JsonNode node, String member, String otherwise) throws IOException {
        return optional(node, member).orElse(otherwise);
    }

    private static Optional<String> optional(JsonNode node, String member) throws IOException {
        JsonNode value = node.path(member);
        if (!value.isTextual() && !value.isMissingNode()) {
            throw new IOException("\"" + member + "\" is no string");
        }
        return Optional.ofNullable(value.textValue());
    }

    private static boolean flag(JsonNode node, String member, boolean otherwise) throws IOException {
        JsonNode value = node.path(member);
        if (!value.isBoolean() && !value.isMissingNode()) {
            throw new IOException("\"" + member + "\" is neither true nor false");
        }
        return value.asBoolean(otherwise);
    }

    private static long number(JsonNode node, String member, long otherwise) throws IOException {
        JsonNode value = node.path(member);
        if (!value.isIntegralNumber() && !value.isMissingNode()) {
            throw new IOException("\"" + member + "\" is no whole number");
        }
        return value.asLong(otherwise);
    }

    private static <E extends Enum<E>> E choice(Class<E> words, JsonNode node, String member, E otherwise)
            throws IOException {
        String word = text(node, member, word(otherwise));
        for (E candidate : words.getEnumConstants()) {
            if (word(candidate).equals(word)) {
                return candidate;
            }
        }
        throw new IOException("\"" + member + "\" cannot be \"" + word + "\"");
    }

    /** How a choice is written. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
