package dev.gatehouse.analyzer.mysql;

import dev.gatehouse.analyzer.grammar.MySqlReader;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Form;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Verb.Trait;
import dev.gatehouse.firewall.statement.Modes.MySql.Product;
import dev.gatehouse.firewall.statement.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A piece of a command's syntax. A choice takes its first alternative that fits, an option or a repetition as much as
 * fits; none is tried again for the sake of what follows.
 */
interface Pattern {

    /**
     * Matches what comes next and steps behind it.
     *
     * @return whether it fits; where it does not, the matching stands where it stood
     */
    boolean match(Matching matching);

    /** A key word. */
    record Word(String word) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            return matching.accept(matching.peek().isWord(word));
        }
    }

    /** A mark or an operator. */
    record Mark(String text) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            boolean fits = matching.peek().isMark(text) || matching.peek().isOperator(text);
            return matching.accept(fits);
        }
    }

    /** One after another. */
    record Sequence(List<Pattern> parts) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            Matching.Place start = matching.place();
            for (Pattern part : parts) {
                if (!part.match(matching)) {
                    matching.back(start);
                    return false;
                }
            }
            return true;
        }
    }

    /** The first that fits. */
    record Choice(List<Pattern> alternatives) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            for (Pattern alternative : alternatives) {
                if (alternative.match(matching)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What may be left out. */
    record Maybe(Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            pattern.match(matching);
            return true;
        }
    }

    /**
     * One or more.
     *
     * @param comma whether commas stand between them
     */
    record Repeated(Pattern pattern, boolean comma) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            if (!pattern.match(matching)) {
                return false;
            }
            Matching.Place end = matching.place();
            while (!comma || matching.accept(matching.peek().isMark(","))) {
                if (!pattern.match(matching) || matching.stands(end)) {
                    matching.back(end);
                    return true;
                }
                end = matching.place();
            }
            return true;
        }
    }

    /** What must not come next. */
    record Not(Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            Matching.Place start = matching.place();
            boolean fits = matching.quietly(pattern);
            matching.back(start);
            return !fits;
        }
    }

    /** A pattern by its name. */
    record Named(String name, Map<String, Pattern> all) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            matching.enter();
            boolean fits = Objects.requireNonNull(all.get(name), name).match(matching);
            matching.leave();
            return fits;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Something that is done to what stands here. */
    record Does(Deed deed, String object, String detail, Pattern pattern) implements Pattern {

        private static final Set<Deed> NAMED_BY_WORDS = Set.of(Deed.SETS, Deed.GRANTS, Deed.REVOKES);

        @Override
        public boolean match(Matching matching) {
            SqlNode node = matching.gather(pattern, Matching.SEVERAL);
            if (node != null) {
                matching.found(new Part(deed, object, named(node), null, detail));
            }
            return node != null;
        }

        /** Settings and privileges have names, also where key words say them. */
        private SqlNode named(SqlNode node) {
            boolean words = NAMED_BY_WORDS.contains(deed) && node instanceof SqlLiteral;
            return words ? new SqlIdentifier(Form.word(node).toLowerCase(Locale.ROOT), node.getParserPosition()) : node;
        }
    }

    /** What stands here as one node. */
    record Made(Form form, Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            SqlNode node = matching.gather(pattern, form);
            if (node != null) {
                matching.found(node);
            }
            return node != null;
        }
    }

    /** The call of a function: what is found first is its name. */
    record Called(Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            boolean own = MySqlReader.isOwn(matching.peek(), matching.peek(1), matching.modes());
            SqlNode node = matching.gather(pattern, Matching.SEVERAL);
            if (node != null) {
                matching.found(call(node, own));
            }
            return node != null;
        }

        private static SqlNode call(SqlNode node, boolean own) {
            List<SqlNode> nodes = Matching.SEVERAL.is(node) ? ((SqlCall) node).getOperandList() : List.of(node);
            SqlIdentifier name = named((SqlIdentifier) nodes.get(0), own);
            SqlFunction function =
                    new SqlUnresolvedFunction(name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
            return function.createCall(node.getParserPosition(), nodes.subList(1, nodes.size()));
        }

        /** A name of the server's may stand for a function of the user's, whichever database that is in. */
        private static SqlIdentifier named(SqlIdentifier name, boolean own) {
            SqlParserPos position = name.getParserPosition();
            return own || !name.isSimple()
                    ? name
                    : new SqlIdentifier(
                            List.of(Table.UNKNOWN, name.getSimple()), null, position, List.of(position, position));
        }
    }

    /** Nothing, where the server is of this product. */
    record On(Product product) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            return matching.modes().product() == product;
        }
    }

    /** What stands here, if a rule holds of its tokens. */
    record Sound(Rule rule, Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            Matching.Place start = matching.place();
            boolean fits = pattern.match(matching) && rule.holds(matching.since(start), matching.modes());
            if (!fits) {
                matching.back(start);
            }
            return fits;
        }
    }

    /** A table whose database is named behind it, and counts then in place of the one before it. */
    record Of(Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            SqlNode node = matching.gather(pattern, Matching.SEVERAL);
            if (node != null) {
                matching.found(Matching.SEVERAL.is(node) ? qualified((SqlCall) node) : node);
            }
            return node != null;
        }

        private static SqlIdentifier qualified(SqlCall both) {
            SqlIdentifier table = both.operand(0);
            SqlIdentifier database = both.operand(1);
            int last = table.names.size() - 1;
            SqlParserPos position = table.getComponentParserPosition(last);
            return new SqlIdentifier(
                    List.of(database.getSimple(), table.names.get(last)),
                    null,
                    position,
                    List.of(database.getParserPosition(), position));
        }
    }

    /** What stands here as a text, whatever is found in it. */
    record Quoted(Pattern pattern) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            Matching.Place start = matching.place();
            boolean fits = pattern.match(matching);
            if (fits) {
                SqlNode words = matching.words(start);
                matching.forgetCode(start);
                matching.found(words);
            }
            return fits;
        }
    }

    /** Says something of the command. */
    record Says(Trait trait) implements Pattern {
        @Override
        public boolean match(Matching matching) {
            matching.says(trait);
            return true;
        }
    }
}
