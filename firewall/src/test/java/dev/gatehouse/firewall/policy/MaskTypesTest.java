package dev.gatehouse.firewall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.ColumnType;
import dev.gatehouse.firewall.statement.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mask that knows nothing of a column's type is found, unless a stronger one that fits takes its place for everybody. */
final class MaskTypesTest {

    private static final Column SALARY = Column.of("hr", "staff", "salary");
    private static final Upstream SHOP = new Upstream(
            "shop",
            Dialect.POSTGRESQL,
            "localhost",
            5432,
            "shop",
            List.of(),
            new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.<Path>empty()),
            Map.of(),
            List.of(),
            0,
            Duration.ofMinutes(10));

    private static ColumnMask mask(String id, Transform transform, String column, Optional<Who> who) {
        return new ColumnMask(
                Names.NONE,
                List.of(NamePattern.column(column)),
                who,
                Optional.empty(),
                Optional.empty(),
                new MaskRule(id, transform));
    }

    private static List<String> misfits(ColumnMask... masks) {
        RuleBook book = new RuleBook(
                "pol_1",
                false,
                new Ruling.Source("default", "", 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(masks),
                MaskUse.BLOCK);
        ColumnType type = ColumnType.of(Dialect.POSTGRESQL, "numeric(10,2)");
        return new MaskTypes(book)
                .misfits(SHOP, "shop", Map.of(SALARY, type)).stream()
                        .map(misfit -> misfit.mask().rule().id())
                        .toList();
    }

    @Test
    void aMaskForTextOnANumberIsFound() {
        assertThat(misfits(mask("card", new Transform.CardLast4(), "*.*.salary", Optional.empty())))
                .containsExactly("card");
        assertThat(misfits(mask("card", new Transform.CardLast4(), "*.*.card", Optional.empty())))
                .isEmpty();
        assertThat(misfits(mask("none", new Transform.SetNull(), "*.*.salary", Optional.empty())))
                .isEmpty();
    }

    @Test
    void nullForTheSamePeopleSaysThatItIsMeant() {
        ColumnMask card = mask("card", new Transform.CardLast4(), "*.*.salary", Optional.of(Who.roles("analyst")));
        ColumnMask all = mask("none", new Transform.SetNull(), "hr.staff.salary", Optional.empty());
        ColumnMask others = mask("none", new Transform.SetNull(), "hr.staff.salary", Optional.of(Who.roles("agent")));
        assertThat(misfits(card, all)).isEmpty();
        assertThat(misfits(card, others)).containsExactly("card");
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, character varying(60), TEXT",
        "POSTGRESQL, '\"char\"', TEXT",
        "POSTGRESQL, timestamp(3) with time zone, TIME",
        "POSTGRESQL, time(3) with time zone, OTHER",
        "POSTGRESQL, text[], OTHER",
        "POSTGRESQL, character varying(60)[], OTHER",
        "POSTGRESQL, public.text, OTHER",
        "POSTGRESQL, citext, OTHER",
        "POSTGRESQL, varchar(60), TEXT",
        "MYSQL, varchar(60), TEXT",
        "MYSQL, int(10) unsigned zerofill, NUMBER",
        "MYSQL, bigint unsigned, NUMBER",
        "MYSQL, datetime(6), TIME",
        "MYSQL, year(4), OTHER",
        "MYSQL, 'enum(''text'')', OTHER",
        "MYSQL, varbinary(60), OTHER",
        "MYSQL, '', OTHER"
    })
    void aTypeIsReadAsItsServerWritesIt(Dialect dialect, String written, ColumnType.Sort sort) {
        assertThat(ColumnType.of(dialect, written).sort()).isEqualTo(sort);
    }
}
