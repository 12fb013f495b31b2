package dev.gatehouse.analyzer;

import dev.gatehouse.analyzer.catalog.Snapshot.Relation;
import dev.gatehouse.analyzer.lexer.Cursor;
import dev.gatehouse.analyzer.lexer.Token;
import dev.gatehouse.analyzer.lexer.Token.Sort;
import dev.gatehouse.analyzer.tree.Deed;
import dev.gatehouse.analyzer.tree.Part;
import dev.gatehouse.analyzer.tree.Passage;
import dev.gatehouse.analyzer.tree.Verb;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Effect.Use;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** Reads the expressions inside a {@link Verb} as queries over the relation they speak of. */
final class VerbExpressions {

    /** What the rows of a rule or trigger are called in it. */
    private static final Set<String> WITH_OLD_AND_NEW = Set.of("RULE", "TRIGGER");

    private final Verb verb;
    private final Job job;

    VerbExpressions(Verb verb, Job job) {
        this.verb = verb;
        this.job = job;
    }

    /**
     * Takes over what an expression does.
     *
     * @param kept whether its values are stored
     */
    void read(Part part, boolean kept) {
        Passage passage = (Passage) part.node();
        int position = passage.getParserPosition().getColumnNum();
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(Sort.WORD, "select", position));
        tokens.addAll(passage.tokens().remaining());
        Optional<Relation> relation = relation(part);
        boolean plain = verb.verb().equals("CALL") || verb.verb().equals("EXECUTE");
        if (!plain) {
            from(tokens, relation, position);
        }
        tokens.add(new Token(Sort.END, "", position));
        Command query = job.inner(new Cursor(tokens));
        adopt(query, relation.map(Relation::table), kept, plain);
    }

    private void adopt(Command query, Optional<Table> own, boolean kept, boolean plain) {
        if (!query.complete()) {
            job.findings.incomplete();
        }
        for (Effect effect : query.effects()) {
            boolean ownRows = effect instanceof Effect.Reads reads
                    && own.isPresent()
                    && reads.table().equals(own.get());
            if (effect instanceof Effect.Uses uses && uses.use() == Use.RESULT) {
                job.findings.uses(uses.column(), kept || plain ? Use.CARRIED : Use.PREDICATE, uses.position());
            } else if (!ownRows) {
                job.findings.add(effect);
            }
        }
    }

    /** The relation an expression speaks of: the one before it of a publication, else the command's first. */
    private Optional<Relation> relation(Part part) {
        Optional<Relation> found = Optional.empty();
        for (Part other : verb.parts()) {
            if (other == part && found.isPresent()) {
                return found;
            }
            boolean names = VerbTables.isRelation(other) && other.deed() != Deed.CREATES;
            if (names && (found.isEmpty() || verb.object().equals("PUBLICATION"))) {
                found = Optional.ofNullable(job.names.relation(other.name()));
            }
        }
        return found;
    }

    private void from(List<Token> tokens, Optional<Relation> relation, int position) {
        List<Token> sources = new ArrayList<>();
        relation.ifPresent(known -> {
            if (WITH_OLD_AND_NEW.contains(verb.object())) {
                source(sources, known.table(), "old", position);
                source(sources, known.table(), "new", position);
            } else {
                source(sources, known.table(), known.table().name(), position);
            }
        });
        news(sources, position);
        if (!sources.isEmpty()) {
            tokens.add(new Token(Sort.WORD, "from", position));
            tokens.addAll(sources);
        }
    }

    private static void source(List<Token> sources, Table table, String alias, int position) {
        comma(sources, position);
        sources.add(new Token(Sort.QUOTED, table.schema(), position));
        sources.add(new Token(Sort.MARK, ".", position));
        sources.add(new Token(Sort.QUOTED, table.name(), position));
        sources.add(new Token(Sort.WORD, "as", position));
        sources.add(new Token(Sort.QUOTED, alias, position));
    }

    /** The columns the command itself makes, which hold nothing yet. A domain's value counts as one. */
    private void news(List<Token> sources, int position) {
        List<String> columns = new ArrayList<>();
        verb.parts(Deed.CREATES)
                .filter(part -> part.object().equals("COLUMN"))
                .forEach(part -> columns.add(part.name().get(0)));
        if (verb.object().equals("DOMAIN")) {
            columns.add("value");
        }
        if (columns.isEmpty()) {
            return;
        }
        comma(sources, position);
        String separator = "(";
        sources.add(new Token(Sort.MARK, "(", position));
        sources.add(new Token(Sort.WORD, "values", position));
        for (int i = 0; i < columns.size(); i++) {
            sources.add(new Token(Sort.MARK, separator, position));
            sources.add(new Token(Sort.WORD, "null", position));
            separator = ",";
        }
        sources.add(new Token(Sort.MARK, ")", position));
        sources.add(new Token(Sort.MARK, ")", position));
        sources.add(new Token(Sort.WORD, "as", position));
        sources.add(new Token(Sort.QUOTED, made(), position));
        separator = "(";
        for (String column : columns) {
            sources.add(new Token(Sort.MARK, separator, position));
            sources.add(new Token(Sort.QUOTED, column, position));
            separator = ",";
        }
        sources.add(new Token(Sort.MARK, ")", position));
    }

    /** What new columns may be qualified with. */
    private String made() {
        return verb.parts(Deed.CREATES)
                .filter(VerbTables::isRelation)
                .findFirst()
                .map(part -> part.name().get(part.name().size() - 1))
                .orElse("value");
    }

    private static void comma(List<Token> sources, int position) {
        if (!sources.isEmpty()) {
            sources.add(new Token(Sort.MARK, ",", position));
        }
    }

    /** The query of a view that refers to itself, as one that needs no view for that. */
    Cursor recursive(Passage passage) {
        int position = passage.getParserPosition().getColumnNum();
        Part view = verb.parts(Deed.CREATES).findFirst().orElseThrow();
        String name = view.name().get(view.name().size() - 1);
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(Sort.WORD, "with", position));
        tokens.add(new Token(Sort.WORD, "recursive", position));
        tokens.add(new Token(Sort.QUOTED, name, position));
        String separator = "(";
        for (SqlNode column :
                view.columns() == null ? List.<SqlNode>of() : view.columns().getList()) {
            tokens.add(new Token(Sort.MARK, separator, position));
            tokens.add(new Token(Sort.QUOTED, column.toString(), position));
            separator = ",";
        }
        tokens.add(new Token(Sort.MARK, ")", position));
        tokens.add(new Token(Sort.WORD, "as", position));
        tokens.add(new Token(Sort.MARK, "(", position));
        tokens.addAll(passage.tokens().remaining());
        tokens.add(new Token(Sort.MARK, ")", position));
        tokens.add(new Token(Sort.WORD, "select", position));
        tokens.add(new Token(Sort.OPERATOR, "*", position));
        tokens.add(new Token(Sort.WORD, "from", position));
        tokens.add(new Token(Sort.QUOTED, name, position));
        tokens.add(new Token(Sort.END, "", position));
        return new Cursor(tokens);
    }
}
