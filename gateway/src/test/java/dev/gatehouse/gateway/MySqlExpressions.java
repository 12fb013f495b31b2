package dev.gatehouse.gateway;

import dev.gatehouse.gateway.noninterference.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Expressions of MySQL's dialect over the tables in reach, by what type they have. */
final class MySqlExpressions {

    /** The types that columns have here. */
    enum Type {
        NUMBER,
        TEXT,
        DATE,
        JSON
    }

    record Column(String name, Type type) {}

    /** A table in reach, or several of them. */
    record Source(String alias, List<Column> columns) {}

    /** All tables, with all their columns. */
    static final Map<String, List<Column>> TABLES = Map.ofEntries(
            table(
                    "person",
                    "id# name city boss# plan bonus# email card salary# score# born@ extra{ home photo grade mail_key seen@"),
            table("orders", "id# person_id# total# note items{ placed@"),
            table("review", "id# person_id# author body at@"),
            table("event", "id# who at@ kind"),
            table("contact", "id# mail name city"),
            table("plain", "id# name email salary#"),
            table("deep", "id# mail note total#"),
            table("rich", "id# name"),
            table("busy", "id# name orders#"));

    /** The columns that nobody hides. */
    static final Map<String, List<Column>> OPEN = Map.ofEntries(
            table("person", "id# name city boss# plan bonus# seen@"),
            table("orders", "id# person_id# total# note items{ placed@"),
            table("review", "id# person_id# at@"),
            table("event", "id# at@ kind"),
            table("contact", "id# name city"),
            table("deep", "id# note total#"),
            table("busy", "id# name orders#"));

    private final Choices choices;
    private final Map<String, List<Column>> tables;
    private final List<String> names;
    private int aliases;

    MySqlExpressions(Choices choices, Map<String, List<Column>> tables) {
        this.choices = choices;
        this.tables = tables;
        this.names = tables.keySet().stream().sorted().toList();
    }

    private static Map.Entry<String, List<Column>> table(String name, String columns) {
        return Map.entry(name, columns(columns));
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
                    : word.endsWith("@") ? Type.DATE : word.endsWith("{") ? Type.JSON : Type.TEXT;
            columns.add(new Column(word.replaceAll("[#@{]$", ""), type));
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
            case NUMBER -> choices.of("0", "1", "7", "100", "-3", "2.5", "1e3");
            case TEXT -> choices.of("'x'", "'Name 3'", "'user5@left.test'", "'City 2'", "'%left%'", "x'6c6566'");
            case DATE -> choices.of("date '2026-02-01'", "timestamp '1960-01-01 00:00:00'", "'2026-07-01'");
            case JSON -> choices.of("'{}'", "'{\"left\": 1}'", "json_array(1)");
        };
    }

    String any(List<Source> reach, int depth) {
        return of(
                choices.of(Type.NUMBER, Type.NUMBER, Type.TEXT, Type.TEXT, Type.TEXT, Type.DATE, Type.JSON),
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
        };
    }

    private String number(List<Source> reach, int d) {
        String one = of(Type.NUMBER, reach, d);
        return choices.made(
                () -> "(" + one + choices.of(" + ", " - ", " * ", " / ", " % ", " div ", " & ", " | ", " ^ ", " << ")
                        + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("abs", "twice", "sqrt", "ln", "sign", "round", "floor", "exp", "-", "~", "bin") + "("
                        + one + ")",
                () -> choices.of("length", "ascii", "char_length", "bit_length", "crc32", "ord", "uncompressed_length")
                        + "(" + of(Type.TEXT, reach, d) + ")",
                () -> "cast(" + of(choices.of(Type.TEXT, Type.NUMBER), reach, d) + " as "
                        + choices.of("signed", "unsigned", "decimal(5,1)", "decimal") + ")",
                () -> "1 / (" + one + " - " + choices.of("100", "131", "193", "1") + ")",
                () -> "(" + one + " is " + choices.of("", "not ") + choices.of("null", "true", "false") + ")",
                () -> choices.of("year", "month", "dayofweek", "to_days", "week", "unix_timestamp") + "("
                        + of(Type.DATE, reach, d) + ")",
                () -> "extract(" + choices.of("year", "day", "month") + " from " + of(Type.DATE, reach, d) + ")",
                () -> "json_value(" + of(Type.JSON, reach, d) + ", '$.age')",
                () -> choices.of("json_length", "json_depth", "json_valid") + "(" + of(Type.JSON, reach, d) + ")",
                () -> "case when " + condition(reach, d) + " then " + one + " else 0 end",
                () -> "if(" + condition(reach, d) + ", " + one + ", 0)",
                () -> choices.of("coalesce", "ifnull", "nullif") + "(" + one + ", " + choices.of("0", "131") + ")",
                () -> choices.of("greatest", "least", "mod", "pow", "truncate") + "(" + one + ", "
                        + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("locate", "instr", "strcmp", "find_in_set") + "(" + of(Type.TEXT, reach, d) + ", "
                        + of(Type.TEXT, reach, d) + ")",
                () -> "field(" + of(Type.TEXT, reach, d) + ", 'x', 'user5@left.test')",
                () -> "(" + one + " between " + of(Type.NUMBER, reach, d) + " and 300)",
                () -> "(" + of(Type.TEXT, reach, d)
                        + choices.of(" = ", " <=> ", " < ", " like ", " regexp ", " sounds like ")
                        + of(Type.TEXT, reach, d) + ")",
                () -> "(" + one + choices.of(" and ", " or ", " xor ") + of(Type.NUMBER, reach, d) + ")",
                () -> "(select count(*) from " + table() + ")",
                () -> "interval(" + one + ", 100, 200, 300)",
                () -> "exists (select 1 from " + table() + " where " + condition(reach, d) + ")",
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
                                "trim",
                                "hex",
                                "quote",
                                "initial",
                                "soundex",
                                "to_base64",
                                "sha1",
                                "unhex",
                                "from_base64",
                                "compress",
                                "ltrim")
                        + "(" + one + ")",
                () -> "concat(" + one + ", " + any(reach, d) + ")",
                () -> "concat_ws('-', " + any(reach, d) + ", " + one + ")",
                () -> "substr(" + one + ", " + choices.of("1", "2", "5") + ")",
                () -> "substring(" + one + " from 1 for " + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("left", "right", "repeat") + "(" + one + ", " + choices.of("3", "-3") + ")",
                () -> choices.of("lpad", "rpad") + "(" + one + ", 8, '*')",
                () -> "substring_index(" + one + ", '@', " + choices.of("1", "-1") + ")",
                () -> "replace(" + one + ", 'user', '')",
                () -> "insert(" + one + ", 1, 2, 'q')",
                () -> "regexp_replace(" + one + ", '[0-9]+', '#')",
                () -> "regexp_substr(" + one + ", '[a-z]+')",
                () -> "cast(" + any(reach, d) + " as "
                        + choices.of("char", "char(4)", "binary", "char(3) character set ascii") + ")",
                () -> "elt(2, 'a', " + one + ")",
                () -> choices.of("coalesce", "ifnull") + "(" + one + ", " + of(Type.TEXT, reach, d) + ")",
                () -> "case " + of(Type.TEXT, reach, d) + " when 'x' then " + one + " end",
                () -> "case when " + condition(reach, d) + " then " + one + " end",
                () -> "if(" + condition(reach, d) + ", " + one + ", 'no')",
                () -> "nullif(" + one + ", 'user5@left.test')",
                () -> "format(" + of(Type.NUMBER, reach, d) + ", 1)",
                () -> choices.of("bin", "oct", "char", "sec_to_time", "conv") + "(" + of(Type.NUMBER, reach, d) + ")",
                () -> "json_unquote(json_extract(" + of(Type.JSON, reach, d) + ", '$.age'))",
                () -> "extractvalue(concat('<a>', " + one + ", '</a>'), "
                        + choices.of("'/a'", "concat('/', " + one + ")") + ")",
                () -> "date_format(" + of(Type.DATE, reach, d) + ", '%m-%d')",
                () -> "(" + one + " collate utf8mb4_bin)",
                () -> "convert(" + one + " using " + choices.of("latin1", "utf8mb4", "ascii") + ")",
                () -> choices.of(
                        elsewhere("(select home from person where id = 3)", "(select plan from person where id = 3)"),
                        elsewhere("mail_of(5)", "version()"),
                        "@@sql_mode",
                        elsewhere("@x", "version()")),
                () -> "(select " + choices.of("name", "plan", elsewhere("email", "city"), elsewhere("grade", "name"))
                        + " from person where id = 4)",
                () -> scalar(Type.TEXT, reach, d));
    }

    private String date(List<Source> reach, int d) {
        String one = of(Type.DATE, reach, d);
        return choices.made(
                () -> "last_day(" + one + ")",
                () -> "(" + one + " + interval 1 day)",
                () -> "date_add(" + one + ", interval " + of(Type.NUMBER, reach, d) + " month)",
                () -> "date(" + one + ")",
                () -> "cast(" + of(Type.TEXT, reach, d) + " as date)",
                () -> "str_to_date(" + of(Type.TEXT, reach, d) + ", '%Y')",
                () -> "makedate(2000, " + of(Type.NUMBER, reach, d) + ")",
                () -> "from_unixtime(" + of(Type.NUMBER, reach, d) + ")",
                () -> "coalesce(" + one + ", date '2000-01-01')");
    }

    private String json(List<Source> reach, int d) {
        return choices.made(
                () -> "json_array(" + any(reach, d) + ", " + any(reach, d) + ")",
                () -> "json_object('k', " + any(reach, d) + ")",
                () -> "json_extract(" + of(Type.JSON, reach, d) + ", "
                        + choices.of("'$.list'", "'$.age'", "'$[0]'", "'$.*'") + ")",
                () -> "json_set(" + of(Type.JSON, reach, d) + ", '$.a', " + any(reach, d) + ")",
                () -> choices.of("json_merge_patch", "json_merge_preserve") + "(" + of(Type.JSON, reach, d)
                        + ", '{\"z\": 1}')",
                () -> "json_keys(" + of(Type.JSON, reach, d) + ")",
                () -> "json_remove(" + of(Type.JSON, reach, d) + ", '$.age')",
                () -> "json_search(" + of(Type.JSON, reach, d) + ", 'one', 'left')",
                () -> "json_quote(" + of(Type.TEXT, reach, d) + ")");
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
                () -> of(Type.TEXT, reach, d)
                        + choices.of(" = ", " like ", " < ", " regexp ")
                        + of(Type.TEXT, reach, d),
                () -> of(Type.TEXT, reach, d) + " is " + choices.of("", "not ") + "null",
                () -> "json_contains_path(" + of(Type.JSON, reach, d) + ", 'one', '$.left')",
                () -> of(Type.TEXT, reach, d) + " in ('x', " + of(Type.TEXT, reach, d) + ")",
                () -> of(Type.DATE, reach, d) + " > '1970-01-01'");
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
        String distinct = choices.maybe(15, () -> "distinct ");
        String text = of(Type.TEXT, reach, d);
        String some = any(reach, d);
        String key = reach.get(0).alias() + ".id";
        return choices.made(
                () -> "count(*)",
                () -> "count(" + distinct + any(reach, d) + ")",
                () -> choices.of("sum", "avg", "min", "max") + "(" + distinct + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("bit_xor", "bit_and", "bit_or") + "(" + of(Type.NUMBER, reach, d) + ")",
                () -> choices.of("min", "max") + "(" + of(Type.TEXT, reach, d) + ")",
                () -> "group_concat(" + text + " order by " + key + ", " + text + " separator '|')",
                () -> "group_concat(distinct " + some + " order by " + some + ")",
                () -> "json_length(json_arrayagg(" + any(reach, d) + "))");
    }

    /** A call over the rows around each. */
    String window(List<Source> reach, int d) {
        String order = choices.of(name(reach), reach.get(0).alias() + ".id");
        String over = " over (" + choices.maybe(40, () -> "partition by " + name(reach)) + " order by " + order + ")";
        return choices.of(
                        "rank()",
                        "dense_rank()",
                        "count(*)",
                        "max(" + any(reach, d) + ")",
                        "sum(" + of(Type.NUMBER, reach, d) + ")",
                        "percent_rank()")
                + over;
    }
}
