package dev.gatehouse.analyzer.second;

import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One statement's way from JSqlParser's tree to ours: where each part of it is translated, and its names. */
final class Translation {

    static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

    private final Rendering rendering;
    private final Words words;

    Translation(Rendering rendering, Words words) {
        this.rendering = rendering;
        this.words = words;
    }

    Rendering rendering() {
        return rendering;
    }

    Queries queries() {
        return new Queries(this);
    }

    Tables tables() {
        return new Tables(this);
    }

    Expressions expressions() {
        return new Expressions(this);
    }

    Calls calls() {
        return new Calls(this);
    }

    Types types() {
        return new Types(this);
    }

    Writes writes() {
        return new Writes(this);
    }

    /** A name of a table, a column or an alias. */
    SqlIdentifier name(String image) {
        return path(List.of(image));
    }

    /** A name of several parts. */
    SqlIdentifier path(List<String> images) {
        List<String> names = new ArrayList<>();
        List<SqlParserPos> positions = new ArrayList<>();
        for (String image : images) {
            Token token = token(image);
            names.add(token.written());
            positions.add(Rendering.position(token));
        }
        return identifier(names, positions);
    }

    /** {@code a.b.*}, or {@code *} alone. */
    static SqlIdentifier star(SqlIdentifier path) {
        return path.plusStar();
    }

    /** A function's name, which may be a key word. */
    SqlIdentifier function(List<String> images) {
        List<String> names = new ArrayList<>();
        List<SqlParserPos> positions = new ArrayList<>();
        for (String image : images) {
            Token token = rendering.name(image);
            names.add(token.written());
            positions.add(Rendering.position(token));
        }
        return identifier(names, positions);
    }

    /** A name of a result column. */
    SqlIdentifier label(String image) {
        if (!Rendering.isString(image) || !words.labelsAreStrings()) {
            return name(image);
        }
        Token token = rendering.string(image);
        return identifier(List.of(token.text()), List.of(Rendering.position(token)));
    }

    /** Whether a column that is written may be named with its parts. */
    boolean namesParts() {
        return !words.isMySql();
    }

    /** Whether the tables of DELETE's USING are all there are, the targets among them. */
    boolean usingHoldsTargets() {
        return words.isMySql();
    }

    private Token token(String image) {
        if (!Rendering.isCoded(image) && words.isReserved(image.toLowerCase(Locale.ROOT))) {
            throw new Unreadable("the second parser took a key word for a name", 0);
        }
        return rendering.name(image);
    }

    private static SqlIdentifier identifier(List<String> names, List<SqlParserPos> positions) {
        return new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
    }
}
