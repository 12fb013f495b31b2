package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.lexer.MySqlCalls;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The pieces of syntax that are no key words, each by its name in the notation. */
enum Terminal implements Pattern {
    /** A name. */
    NAME {
        @Override
        public boolean match(Matching matching) {
            return one(matching, matching.atName(), Terminal::identifier);
        }
    },
    /** Any word or quoted name. */
    LABEL {
        @Override
        public boolean match(Matching matching) {
            return one(matching, isWord(matching.peek()), Terminal::identifier);
        }
    },
    /** The name of a function of the server's that is called here, and could not be called with space behind it. */
    CALLED {
        @Override
        public boolean match(Matching matching) {
            return one(
                    matching,
                    MySqlCalls.begin(matching.peek(), matching.peek(1), matching.modes()),
                    Terminal::identifier);
        }
    },
    /** A name with the names that qualify it. */
    QUALIFIED {
        @Override
        public boolean match(Matching matching) {
            List<Token> names = new ArrayList<>();
            Token first = matching.peek();
            boolean fits = matching.atName() || (first.isMark(".") && isWord(matching.peek(1)));
            if (!fits) {
                return matching.accept(false);
            }
            if (!first.isMark(".")) {
                names.add(first);
                matching.accept(true);
            }
            while (matching.peek().isMark(".") && isWord(matching.peek(1))) {
                matching.accept(true);
                names.add(matching.peek());
                matching.accept(true);
            }
            matching.found(identifier(names));
            return true;
        }
    },
    /** A literal in quotes, or several in a row, which are one. */
    STRING {
        @Override
        public boolean match(Matching matching) {
            Token first = matching.peek();
            if (!matching.accept(first.sort() == Sort.STRING)) {
                return false;
            }
            StringBuilder text = new StringBuilder(first.text());
            for (Token next = matching.peek(); matching.accept(next.sort() == Sort.STRING); next = matching.peek()) {
                text.append(next.text());
            }
            matching.found(SqlLiteral.createCharString(text.toString(), "UTF-8", Matching.at(first)));
            return true;
        }
    },
    /** One literal in quotes, with none after it. */
    LITERAL {
        @Override
        public boolean match(Matching matching) {
            boolean alone = matching.peek(1).sort() != Sort.STRING;
            return one(matching, matching.peek().sort() == Sort.STRING && alone, Terminal::literal);
        }
    },
    /** A character set before a literal. */
    INTRODUCER {
        @Override
        public boolean match(Matching matching) {
            return matching.accept(matching.peek().sort() == Sort.INTRODUCER);
        }
    },
    NUMBER {
        @Override
        public boolean match(Matching matching) {
            return one(matching, matching.peek().sort() == Sort.NUMBER, Terminal::literal);
        }
    },
    /** {@code ?}. */
    PARAMETER {
        @Override
        public boolean match(Matching matching) {
            return one(matching, matching.peek().sort() == Sort.PARAMETER, Terminal::literal);
        }
    },
    /** {@code @x} or {@code @@x}. */
    VARIABLE {
        @Override
        public boolean match(Matching matching) {
            return one(
                    matching,
                    matching.peek().sort() == Sort.VARIABLE,
                    t -> Form.VARIABLE.node(Matching.at(t), literal(t)));
        }
    },
    /** A user with the host it comes from; {@code CURRENT_USER()}; a user alone may be a role. */
    ACCOUNT {
        @Override
        public boolean match(Matching matching) {
            List<Token> names = new ArrayList<>(List.of(matching.peek()));
            boolean current = matching.peek().isWord("current_user");
            boolean fits = current || matching.peek().sort() == Sort.STRING || matching.atName();
            if (!matching.accept(fits)) {
                return false;
            }
            if (current && matching.peek().isMark("(") && matching.peek(1).isMark(")")) {
                matching.skip();
            } else if (!current && Words.isHost(matching.peek())) {
                Token host = matching.peek();
                names.add(new Token(Sort.STRING, host.text().substring(1), host.position()));
                matching.accept(true);
            }
            matching.found(identifier(names));
            return true;
        }
    },
    /** A variable that is set, with how far that reaches. */
    ASSIGNED {
        @Override
        public boolean match(Matching matching) {
            Token token = matching.peek();
            if (!matching.accept(token.sort() == Sort.VARIABLE)) {
                return false;
            }
            matching.found(Settings.assigned(token));
            return true;
        }
    },
    /** An operator between two values that is no word. */
    OPERATOR {
        @Override
        public boolean match(Matching matching) {
            return matching.accept(matching.peek().sort() == Sort.OPERATOR);
        }
    },
    /** What gives rows, unread: SELECT, VALUES, TABLE, WITH. */
    QUERY {
        @Override
        public boolean match(Matching matching) {
            return unread(matching, Words.beginsQuery(matching));
        }
    },
    /** Any command; a query or a change of rows stays unread. */
    STATEMENT {
        @Override
        public boolean match(Matching matching) {
            boolean queries = Words.beginsQuery(matching) || Words.beginsChange(matching);
            return queries ? unread(matching, true) : matching.command();
        }
    },
    /** A text that is run as a command. */
    TEXT {
        @Override
        public boolean match(Matching matching) {
            Token first = matching.peek();
            boolean fits = first.sort() == Sort.STRING && matching.peek(1).sort() != Sort.STRING;
            if (!matching.accept(fits)) {
                return false;
            }
            matching.text(first);
            return true;
        }
    },
    /** One token, or one pair of parentheses with all that is inside. */
    ANY {
        @Override
        public boolean match(Matching matching) {
            if (matching.atEnd() || matching.peek().isMark(")")) {
                return matching.accept(false);
            }
            matching.skip();
            return true;
        }
    };

    static Optional<Pattern> of(String name) {
        return Arrays.stream(values())
                .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(name))
                .map(Pattern.class::cast)
                .findFirst();
    }

    private static boolean unread(Matching matching, boolean begins) {
        int start = matching.at();
        if (!begins) {
            return matching.accept(false);
        }
        while (!matching.atEnd() && !matching.peek().isMark(")") && !checks(matching)) {
            matching.skip();
        }
        matching.found(matching.passage(start));
        return true;
    }

    private static boolean one(Matching matching, boolean fits, Function<Token, SqlNode> node) {
        Token token = matching.peek();
        boolean accepted = matching.accept(fits);
        if (accepted) {
            matching.found(node.apply(token));
        }
        return accepted;
    }

    /** Whether WITH CHECK OPTION comes next, which belongs to the view and not to its query. */
    private static boolean checks(Matching matching) {
        if (!matching.peek().isWord("with")) {
            return false;
        }
        int ahead = matching.peek(1).isWord("cascaded") || matching.peek(1).isWord("local") ? 2 : 1;
        return matching.peek(ahead).isWord("check") && matching.peek(ahead + 1).isWord("option");
    }

    private static boolean isWord(Token token) {
        return token.sort() == Sort.WORD || token.sort() == Sort.QUOTED;
    }

    private static SqlIdentifier identifier(Token token) {
        return identifier(List.of(token));
    }

    private static SqlIdentifier identifier(List<Token> names) {
        List<SqlParserPos> positions = names.stream().map(Matching::at).toList();
        return new SqlIdentifier(names.stream().map(Token::written).toList(), null, positions.get(0), positions);
    }

    private static SqlNode literal(Token token) {
        return SqlLiteral.createCharString(token.text(), "UTF-8", Matching.at(token));
    }
}
