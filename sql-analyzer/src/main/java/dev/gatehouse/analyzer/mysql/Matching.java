package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.lexer.Unreadable;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import dev.gatehouse.firewall.statement.Modes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The matching of tokens with a syntax: where it stands, and what it found on the way. */
final class Matching {

    /** What stands where one node was looked for and several were found. */
    static final Form SEVERAL = new Form("SEVERAL");

    private static final int MAX_STEPS = 4_000_000;
    private static final int MAX_DEPTH = 800;

    private final MySqlCommands commands;
    private final List<Token> tokens;
    private final List<SqlNode> nodes = new ArrayList<>();
    private final List<Trait> traits = new ArrayList<>();
    private final List<Passage> code = new ArrayList<>();
    private int at;
    private int furthest;
    private boolean quiet;
    private int gathering;
    private int depth;
    private int steps;

    /**
     * Begins.
     *
     * @param commands reads the commands inside
     * @param tokens with their end
     * @param at where
     */
    Matching(MySqlCommands commands, List<Token> tokens, int at) {
        this.commands = commands;
        this.tokens = tokens;
        this.at = at;
        this.furthest = at;
    }

    /** A place to go back to. */
    record Place(int at, int nodes, int traits, int code) {}

    Place place() {
        return new Place(at, nodes.size(), traits.size(), code.size());
    }

    void back(Place place) {
        at = place.at();
        nodes.subList(place.nodes(), nodes.size()).clear();
        traits.subList(place.traits(), traits.size()).clear();
        code.subList(place.code(), code.size()).clear();
    }

    boolean stands(Place place) {
        return at == place.at();
    }

    int at() {
        return at;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    boolean atName() {
        return commands.isName(peek(), peek(1));
    }

    /** Whether the command ends here. */
    boolean atEnd() {
        return peek().sort() == Sort.END || peek().isMark(";");
    }

    /** Steps over the next token if it fits. */
    boolean accept(boolean fits) {
        steps++;
        if (steps > MAX_STEPS) {
            throw new Unreadable("a command that takes too long to read", 0);
        }
        if (!quiet) {
            furthest = Math.max(furthest, at);
        }
        if (fits && peek().sort() != Sort.END) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over the next token, or over all that stands in the parentheses that come next. */
    void skip() {
        int open = 0;
        do {
            Token token = peek();
            open += token.isMark("(") || token.isMark("[") ? 1 : 0;
            open -= token.isMark(")") || token.isMark("]") ? 1 : 0;
        } while (accept(true) && open > 0);
    }

    boolean quietly(Pattern pattern) {
        boolean before = quiet;
        quiet = true;
        boolean fits = pattern.match(this);
        quiet = before;
        return fits;
    }

    void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new Unreadable("a command that is nested too deeply", peek().position());
        }
    }

    void leave() {
        depth--;
    }

    void says(Trait trait) {
        traits.add(trait);
    }

    /** Keeps a part of the command; any other node only while it is gathered for one. */
    void found(SqlNode node) {
        if (gathering > 0 || node instanceof Part) {
            nodes.add(node);
        }
    }

    /**
     * What is found where this pattern matches: one node as it is, several under a form, none as the words that stand
     * there. Parts inside stay parts of the command.
     *
     * @return null where it does not match
     */
    @Nullable
    SqlNode gather(Pattern pattern, Form form) {
        Place start = place();
        gathering++;
        boolean fits = pattern.match(this);
        gathering--;
        if (!fits) {
            return null;
        }
        List<SqlNode> found = new ArrayList<>();
        List<SqlNode> parts = new ArrayList<>();
        for (SqlNode node : nodes.subList(start.nodes(), nodes.size())) {
            (node instanceof Part ? parts : found).add(node);
        }
        nodes.subList(start.nodes(), nodes.size()).clear();
        nodes.addAll(parts);
        SqlParserPos position = at(tokens.get(start.at()));
        if (found.isEmpty()) {
            return words(start);
        }
        return found.size() == 1 ? found.get(0) : form.node(position, found.toArray(SqlNode[]::new));
    }

    /** What stands between a place and here. */
    SqlNode words(Place start) {
        List<String> words = new ArrayList<>();
        tokens.subList(start.at(), at).forEach(token -> words.add(token.written()));
        return SqlLiteral.createCharString(String.join(" ", words), "UTF-8", at(tokens.get(start.at())));
    }

    /** Drops what was found since a place, and keeps standing here. */
    void forget(Place start) {
        back(new Place(at, start.nodes(), start.traits(), code.size()));
    }

    static SqlParserPos at(Token token) {
        return new SqlParserPos(1, token.position());
    }

    /** Keeps the queries and changes of rows in what is code, and forgets what else was found in it since a place. */
    void forgetCode(Place start) {
        nodes.subList(start.nodes(), nodes.size()).forEach(this::keepCode);
        forget(start);
    }

    private void keepCode(SqlNode node) {
        if (node instanceof Passage passage) {
            code.add(passage);
        } else if (node instanceof SqlCall call && !(node instanceof Verb)) {
            call.getOperandList().forEach(this::keepCode);
        } else if (node instanceof Verb verb) {
            verb.parts().forEach(part -> keepCode(part.node()));
        }
    }

    /** The queries and changes of rows in code, which nobody else reads. */
    List<Passage> code() {
        return code;
    }

    /** The tokens from a place up to here, as they are. */
    List<Token> since(Place start) {
        return tokens.subList(start.at(), at);
    }

    Modes.MySql modes() {
        return commands.modes();
    }

    /** The tokens from a place up to here, unread. */
    Passage passage(int from) {
        List<Token> part = new ArrayList<>(tokens.subList(from, at));
        part.add(new Token(Sort.END, "", peek().position()));
        return new Passage(new Cursor(part));
    }

    /** The node that a pattern finds, by itself. */
    @Nullable
    SqlNode alone(Pattern pattern) {
        return gather(pattern, SEVERAL);
    }

    /** Reads a command that stands inside this one. */
    boolean command() {
        Place start = place();
        int before = gathering;
        gathering = 0;
        Verb verb = commands.match(this);
        gathering = before;
        if (verb == null) {
            return false;
        }
        forget(start);
        found(verb);
        return true;
    }

    /** Reads a command that stands in a literal. */
    void text(Token literal) {
        found(commands.inside(literal));
    }

    /** What was found of the command since a place. */
    List<Part> parts(Place since) {
        return nodes.subList(since.nodes(), nodes.size()).stream()
                .filter(Part.class::isInstance)
                .map(Part.class::cast)
                .toList();
    }

    Set<Trait> traits(Place since) {
        Set<Trait> said = EnumSet.noneOf(Trait.class);
        said.addAll(traits.subList(since.traits(), traits.size()));
        return said;
    }

    /** What is wrong: the furthest token no pattern took. */
    Unreadable unexpected() {
        Cursor cursor = new Cursor(List.of(tokens.get(furthest), new Token(Sort.END, "", 0)));
        return cursor.unexpected();
    }
}
