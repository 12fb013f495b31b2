package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Expressions over the tables in reach, by what type they have. */
final class PgExpressions {

    /** The types that columns have here. */
    enum Type {
        NUMBER,
        TEXT,
        DATE,
        JSON,
        TEXTS,
        OTHER
    }

    record Column(String name, Type type) {}

    /** A table in reach, or several of them. */
    record Source(String alias, List<Column> columns) {}

    /** All tables, with all their columns. */
    static final Map<String, List<Column>> TABLES = Map.ofEntries(
            table(
                    "person",
                    "id# name city boss# plan bonus# email card salary# score# born@ extra{ home? tags[ grade? mail_key"),
            table("orders", "id# person_id# total# note lines{ labels[ placed@"),
            table("hr.review", "id# person_id# author body at@"),
            table("event", "id# who at@ kind"),
            table("event_a", "id# who at@ kind"),
            table("animal", "id# species"),
            table("only animal", "id# species"),
            table("dog", "id# species owner breed"),
            table("contact", "id# mail name city"),
            table("plain", "id# name email salary#"),
            table("deep", "id# mail note total#"),
            table("busy", "id# name orders#"),
            table("totals", "id# total#"),
            table("mails_kept", "id# kept"),
            table("people()", "id# name city email salary#"),
            table("mails()", "id# mail"),
            table("grades", "grade? many#"));

    /** The columns that nobody hides. */
    static final Map<String, List<Column>> OPEN = Map.ofEntries(
            table("person", "id# name city boss# plan bonus#"),
            table("orders", "id# person_id# total# note lines{ labels[ placed@"),
            table("hr.review", "id# person_id# at@"),
            table("event", "id# at@ kind"),
            table("event_a", "id# at@ kind"),
            table("animal", "id# species"),
            table("dog", "id# species breed"),
            table("contact", "id# name city"),
            table("deep", "id# note total#"),
            table("busy", "id# name orders#"),
            table("totals", "id# total#"));

    private final Choices choices;
    private final Map<String, List<Column>> tables;
    private final List<String> names;
    private int aliases;

    PgExpressions(Choices choices, Map<String, List<Column>> tables) {
        this.choices = choices;
        this.tables = tables;
        this.names = tables.keySet().stream().sorted().toList();
    }

    private static Map.Entry<String, List<Column>> table(String name, String columns) {
        return Map.entry(name, columns(columns));
    }

    /** The whole row of a table in reach; where it holds what is hidden, some columns of it. */
    private String row(List<Source> reach) {
        return tables.equals(OPEN)
                ? "row(" + name(reach) + ", " + name(reach) + ")"
                : choices.of(reach).alias();
    }

    /** Values of a person that the statement's own tables do not give. */
    private String elsewhere(String hidden, String open) {
        return tables.equals(OPEN) ? open : hidden;
    }

    /** A table's columns. */
    List<Column> columnsOf(String table) {
        return tables.getOrDefault(table, List.of());
    }

    private static List<Column> columns(String text) {
        List<Column> columns = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            Type type = word.endsWith("#")
                    ? Type.NUMBER
                    : word.endsWith("@")
                            ? Type.DATE
                            : word.endsWith("{")
                                    ? Type.JSON
                                    : word.endsWith("[") ? Type.TEXTS : word.endsWith("?") ? Type.OTHER : Type.TEXT;
            columns.add(new Column(word.replaceAll("[#@{\\[?]$", ""), type));
        }
        return columns;
    }

    String alias() {
        return "t" + ++aliases;
    }

    /** A table, person more often than others. */
    String table() {
        return choices.often(35) ? "person" : choices.of(names);
    }

    /** A column of this type in reach; a constant where there is none. */
    private String column(Type type, List<Source> reach) {
        List<String> fitting = new ArrayList<>();
        for (Source source : reach) {
            for (Column column : source.columns()) {
                if (column.type() == type) {
                    fitting.add(source.alias() + "." + column.name());
                }
            }
        }
        return fitting.isEmpty() ? constant(type) : choices.of(fitting);
    }

    private String constant(Type type) {
        return switch (type) {
            case NUMBER -> choices.of("0", "1", "7", "100", "-3", "2.5");
            case TEXT -> choices.of("'x'", "'Name 3'", "'user5@left.test'", "'City 2'", "'%left%'");
            case DATE -> choices.of("date '2026-02-01'", "timestamp '1960-01-01'", "date '2026-07-01'");
            case JSON -> choices.of("'{}'::jsonb", "'{\"left\": 1}'::jsonb", "'[1]'::jsonb");
            case TEXTS -> choices.of("array['left1']", "'{a,b}'::text[]");
            case OTHER -> choices.of("null", "true", "row(1, 'x')");
        };
    }

    String any(List<Source> reach, int depth) {
        return of(
                choices.of(
                        Type.NUMBER,
                        Type.NUMBER,
                        Type.TEXT,
                        Type.TEXT,
                        Type.TEXT,
                        Type.DATE,
                        Type.JSON,
                        Type.TEXTS,
                        Type.OTHER),
                reach,
                depth);
    }

    /** Nothing but a column. */
    String name(List<Source> reach) {
        Source source = choices.of(reach);
        return source.alias() + "." + choices.of(source.columns()).name();
    }

    String of(Type type, List<Source> reach, int depth) {
        if (depth <= 0 || choices.often(35)) {
            return choices.often(90) ? column(type, reach) : constant(type);
        }
        int less = depth - 1;
        return switch (type) {
            case NUMBER -> number(reach, less);
            case TEXT -> text(reach, less);
            case DATE -> date(reach, less);
            case JSON -> json(reach, less);
            case TEXTS -> texts(reach, less);
            case OTHER -> other(reach, less);
        };
    }

    private String number(List<Source> reach, int d) {
        String one = of(Type.NUMBER, reach, d);
        return choices.made(
                () -> "(" + one + choices.of(" + ", " - ", " * ", " / ", " % ") + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("abs", "twice", "sqrt", "ln", "sign", "round", "pg_typeof(1)::text || ") + "(" + one
                        + ")",
                () -> choices.of("length", "ascii", "octet_length", "hashtext", "pg_column_size") + "("
                        + of(Type.TEXT, reach, d) + ")",
                () -> "cast(" + of(choices.of(Type.TEXT, Type.NUMBER), reach, d) + " as "
                        + choices.of("int", "numeric", "smallint", "numeric(3,1)", "bigint") + ")",
                () -> "1 / (" + one + " - " + choices.of("100", "131", "193", "1") + ")",
                () -> "cardinality(" + of(Type.TEXTS, reach, d) + ")",
                () -> "extract(" + choices.of("year", "day", "epoch") + " from " + of(Type.DATE, reach, d) + ")",
                () -> "(" + of(Type.JSON, reach, d) + "->>'age')::int",
                () -> "case when " + condition(reach, d) + " then " + one + " else 0 end",
                () -> "coalesce(" + one + ", 0)",
                () -> "nullif(" + one + ", 131)",
                () -> "greatest(" + one + ", " + of(Type.NUMBER, reach, d) + ")",
                () -> "position(" + of(Type.TEXT, reach, d) + " in " + of(Type.TEXT, reach, d) + ")",
                () -> "(select count(*) from " + table() + ")",
                () -> scalar(Type.NUMBER, reach, d));
    }

    private String text(List<Source> reach, int d) {
        String one = of(Type.TEXT, reach, d);
        return choices.made(
                () -> choices.of(
                                "lower",
                                "upper",
                                "md5",
                                "reverse",
                                "initcap",
                                "btrim",
                                "initial",
                                "quote_literal",
                                "quote_ident")
                        + "(" + one + ")",
                () -> one + " || " + of(Type.TEXT, reach, d),
                () -> "concat(" + any(reach, d) + ", " + one + ")",
                () -> "substr(" + one + ", " + choices.of("1", "2", "5") + ")",
                () -> "substring(" + one + " from 1 for " + of(Type.NUMBER, reach, d) + "::int)",
                () -> "repeat(" + one + ", 2)",
                () -> "left(" + one + ", " + choices.of("3", "-3") + ")",
                () -> "split_part(" + one + ", '@', " + choices.of("1", "2") + ")",
                () -> "replace(" + one + ", 'user', '')",
                () -> "translate(" + one + ", 'us', 'zz')",
                () -> "regexp_replace(" + one + ", '[0-9]+', '#')",
                () -> "format('%s-%s', " + one + ", " + any(reach, d) + ")",
                () -> any(reach, d) + "::text",
                () -> "cast(" + one + " as " + choices.of("varchar", "varchar(4)", "char(3)", "name", "code", "text")
                        + ")",
                () -> "coalesce(" + one + ", " + of(Type.TEXT, reach, d) + ")",
                () -> "case " + of(Type.TEXT, reach, d) + " when 'x' then " + one + " end",
                () -> "case when " + condition(reach, d) + " then " + one + " end",
                () -> "to_char(" + of(Type.NUMBER, reach, d) + ", '999')",
                () -> "(" + of(Type.JSON, reach, d) + ")->>" + choices.of("'left'", "'age'", "'item'"),
                () -> "(" + of(Type.TEXTS, reach, d) + ")[1]",
                () -> "array_to_string(" + of(Type.TEXTS, reach, d) + ", ',')",
                () -> "(" + row(reach) + "::text)",
                () -> choices.of(
                        elsewhere(
                                "(select (home).city from person where id = 3)",
                                "(select plan from person where id = 3)"),
                        elsewhere("mail_of(5)", "version()"),
                        "current_setting('search_path')"),
                () -> scalar(Type.TEXT, reach, d));
    }

    private String date(List<Source> reach, int d) {
        String one = of(Type.DATE, reach, d);
        return choices.made(
                () -> "date_trunc('month', " + one + ")",
                () -> "(" + one + " + interval '1 day')",
                () -> "(" + one + ")::date",
                () -> "to_date(" + of(Type.TEXT, reach, d) + ", 'YYYY')",
                () -> "make_date(2000, 1, " + of(Type.NUMBER, reach, d) + "::int)",
                () -> "coalesce(" + one + ", date '2000-01-01')");
    }

    private String json(List<Source> reach, int d) {
        return choices.made(
                () -> "to_jsonb(" + any(reach, d) + ")",
                () -> "(" + of(Type.JSON, reach, d) + ")->" + choices.of("'list'", "'age'", "'item'", "0"),
                () -> "jsonb_build_object('k', " + any(reach, d) + ")",
                () -> "jsonb_build_array(" + any(reach, d) + ", " + any(reach, d) + ")",
                () -> "to_jsonb(" + row(reach) + ")",
                () -> "(" + of(Type.JSON, reach, d) + " || '{\"z\": 1}')",
                () -> "jsonb_path_query_first(" + of(Type.JSON, reach, d) + ", '$.age')",
                () -> "row_to_json(" + row(reach) + ")::jsonb - 'id'",
                () -> "jsonb_set(" + of(Type.JSON, reach, d) + ", '{a}', '1')");
    }

    private String texts(List<Source> reach, int d) {
        return choices.made(
                () -> "array[" + of(Type.TEXT, reach, d) + ", " + of(Type.TEXT, reach, d) + "]",
                () -> "string_to_array(" + of(Type.TEXT, reach, d) + ", '@')",
                () -> "array_append(" + of(Type.TEXTS, reach, d) + ", " + of(Type.TEXT, reach, d) + ")",
                () -> "(" + of(Type.TEXTS, reach, d) + ")[1:2]",
                () -> of(Type.TEXTS, reach, d) + " || " + of(Type.TEXTS, reach, d),
                () -> "array(select "
                        + choices.of("name", "plan", elsewhere("email", "city"), elsewhere("grade::text", "name"))
                        + " from person where id < 5 order by id)",
                () -> "regexp_split_to_array(" + of(Type.TEXT, reach, d) + ", '')");
    }

    private String other(List<Source> reach, int d) {
        String alias = choices.of(reach).alias();
        return choices.made(
                () -> condition(reach, d),
                () -> "row(" + any(reach, d) + ", " + any(reach, d) + ")",
                () -> row(reach),
                () -> "to_tsvector('simple', " + of(Type.TEXT, reach, d) + ")",
                () -> of(Type.TEXT, reach, d) + "::bytea",
                () -> "xmlelement(name a, " + any(reach, d) + ")",
                () -> "(" + alias + ").id",
                () -> "num_nulls(" + any(reach, d) + ", " + any(reach, d) + ")",
                () -> elsewhere("(select h.home from person h where h.id = 2)", "null"),
                () -> "pg_typeof(" + any(reach, d) + ")",
                () -> of(Type.TEXT, reach, d) + " like " + of(Type.TEXT, reach, d),
                () -> "exists (select 1 from " + table() + " where " + condition(reach, d) + ")");
    }

    private String scalar(Type type, List<Source> reach, int d) {
        String table = table();
        Source inner = new Source(alias(), columnsOf(table));
        List<Source> all = new ArrayList<>(reach);
        all.add(inner);
        return "(select " + of(type, all, d) + " from " + table + " " + inner.alias() + " where " + condition(all, d)
                + " order by 1 limit 1)";
    }

    /** A condition, most often one on columns that nobody hides. */
    String condition(List<Source> reach, int d) {
        if (choices.often(75)) {
            return open(reach);
        }
        return choices.made(
                () -> of(Type.NUMBER, reach, d) + choices.of(" < ", " = ", " >= ", " <> ") + of(Type.NUMBER, reach, d),
                () -> of(Type.TEXT, reach, d) + choices.of(" = ", " like ", " < ", " ~ ") + of(Type.TEXT, reach, d),
                () -> of(Type.TEXT, reach, d) + " is " + choices.of("", "not ") + "null",
                () -> of(Type.JSON, reach, d) + choices.of(" ? 'left'", " @> '{\"age\": 3}'"),
                () -> "'left1' = any(" + of(Type.TEXTS, reach, d) + ")",
                () -> of(Type.DATE, reach, d) + " > date '1970-01-01'");
    }

    /** A condition on columns that nobody hides. */
    private String open(List<Source> reach) {
        List<String> open = new ArrayList<>(List.of("true", "1 = 1"));
        for (Source source : reach) {
            for (Column column : source.columns()) {
                String name = source.alias() + "." + column.name();
                if (column.name().endsWith("id")) {
                    open.addAll(List.of(
                            name + " is not null",
                            name + " < 20",
                            name + " between 3 and 9",
                            name + " in (select id from orders)",
                            name + " = 5",
                            "not " + name + " = 3"));
                } else if (column.name().equals("name")) {
                    open.addAll(List.of(name + " like 'Name%'", name + " <> 'Name 3'"));
                }
            }
        }
        return choices.of(open);
    }

    /** A call over rows. */
    String aggregate(List<Source> reach, int d) {
        String filter = choices.maybe(15, () -> " filter (where " + condition(reach, d) + ")");
        String distinct = choices.maybe(15, () -> "distinct ");
        return choices.made(
                () -> "count(*)" + filter,
                () -> "count(" + distinct + any(reach, d) + ")" + filter,
                () -> choices.of("sum", "avg", "min", "max", "stddev") + "(" + distinct + of(Type.NUMBER, reach, d)
                        + ")" + filter,
                () -> choices.of("min", "max") + "(" + of(Type.TEXT, reach, d) + ")" + filter,
                () -> "string_agg(" + of(Type.TEXT, reach, d) + ", ',' order by " + name(reach) + ")" + filter,
                () -> "array_agg(" + any(reach, d) + " order by " + name(reach) + ")",
                () -> "jsonb_agg(" + any(reach, d) + ")",
                () -> "bool_or(" + condition(reach, d) + ")",
                () -> "jsonb_object_agg(" + of(Type.TEXT, reach, d) + ", " + any(reach, d) + ")",
                () -> "percentile_disc(0.5) within group (order by " + of(Type.NUMBER, reach, d) + ")");
    }

    /** A call over the rows around each. */
    String window(List<Source> reach, int d) {
        String over = " over (" + choices.maybe(40, () -> "partition by " + name(reach))
                + choices.maybe(70, () -> " order by " + name(reach)) + ")";
        return choices.of(
                        "row_number()",
                        "rank()",
                        "count(*)",
                        "lag(" + name(reach) + ")",
                        "first_value(" + any(reach, d) + ")",
                        "sum(" + of(Type.NUMBER, reach, d) + ")",
                        "ntile(3)")
                + over;
    }
}
