package dev.gatehouse.firewall.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.policy.ColumnMask;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.MaskUse;
import dev.gatehouse.firewall.policy.NamePattern;
import dev.gatehouse.firewall.policy.Names;
import dev.gatehouse.firewall.policy.RuleBook;
import dev.gatehouse.firewall.policy.RulePolicy;
import dev.gatehouse.firewall.policy.Ruling;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.statement.Analysis;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Command;
import dev.gatehouse.firewall.statement.Effect;
import dev.gatehouse.firewall.statement.Kind;
import dev.gatehouse.firewall.statement.Output;
import dev.gatehouse.firewall.statement.Parameter;
import dev.gatehouse.firewall.statement.Scope;
import dev.gatehouse.firewall.statement.Statement;
import dev.gatehouse.firewall.statement.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FindingsTest {

    private static final Table CUSTOMERS = new Table("public", "customers");
    private static final Column EMAIL = new Column(CUSTOMERS, "email");

    private static final RulePolicy POLICY = new RulePolicy(new RuleBook(
            "pol_00000000",
            false,
            new Ruling.Source(RuleBook.DEFAULT_ID, "rules.yaml", 3),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new ColumnMask(
                    Names.NONE,
                    List.of(NamePattern.column("*.*.customers.email")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new MaskRule("email", new Transform.CardLast4()))),
            MaskUse.BLOCK));

    @Test
    void itNamesWhatIsReadWrittenCalledAndMasked() {
        List<Effect> effects = List.of(
                new Effect.Uses(EMAIL, Effect.Use.PREDICATE, 9),
                new Effect.Uses(EMAIL, Effect.Use.RESULT, 7),
                new Effect.Writes(CUSTOMERS, 1),
                new Effect.Reads(CUSTOMERS, 1),
                new Effect.Calls("mystery", 3),
                new Effect.Files(Effect.Access.WRITTEN, Optional.of("/tmp/x"), 4));
        Output output = new Output("mail", Set.of(EMAIL), true);

        assertThat(found(understood(effects, Command.Where.MISSING, List.of(output)), Statement.Transaction.WRITTEN))
                .containsExactly(
                        "WARNING it has no WHERE",
                        "STATEMENT update",
                        "TRANSACTION one is open that has written, and holds locks",
                        "READS public.customers",
                        "WRITES public.customers",
                        "USES public.customers.email: masked by email, predicate, result",
                        "CALLS mystery  what it does is not known",
                        "DOES file written: /tmp/x",
                        "RESULT mail  from public.customers.email  masked by email");
    }

    @Test
    void itSaysFirstThatSomethingIsNotKnown() {
        assertThat(found(new Analysis.Opaque("too deep", 1), Statement.Transaction.NONE))
                .startsWith("WARNING the statement was not understood: too deep");
    }

    @Test
    void aListThatIsTooLongSaysSo() {
        List<Effect> many = new ArrayList<>();
        IntStream.range(0, Findings.MOST * 2).forEach(i -> many.add(new Effect.Reads(new Table("public", "t" + i), 1)));

        List<String> found = found(understood(many, Command.Where.PRESENT, List.of()), Statement.Transaction.NONE);

        assertThat(found).hasSize(Findings.MOST + 1);
        assertThat(found.get(0)).startsWith("WARNING it does more");
    }

    private static List<String> found(Analysis analysis, Statement.Transaction transaction) {
        return Findings.of(POLICY, Sessions.of(Sessions.ERIK), new Sent(transaction), analysis).stream()
                .map(finding -> finding.about() + " " + finding.text())
                .toList();
    }

    private static Analysis understood(List<Effect> effects, Command.Where where, List<Output> output) {
        return new Analysis.Understood(List.of(new Command(
                Kind.UPDATE, Set.of(Kind.UPDATE), effects, where, true, Optional.of(output), true, 1, Set.of())));
    }

    private record Sent(Transaction transaction) implements Statement {

        @Override
        public byte[] sql() {
            return new byte[0];
        }

        @Override
        public int length() {
            return 0;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public byte[] binding() {
            return new byte[0];
        }

        @Override
        public Scope scope() {
            throw new UnsupportedOperationException("nothing is found in it");
        }
    }
}
