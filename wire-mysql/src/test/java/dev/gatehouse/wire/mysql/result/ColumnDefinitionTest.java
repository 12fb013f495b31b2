package dev.gatehouse.wire.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.Prose;
import dev.gatehouse.firewall.masking.ResultColumn;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.statement.Catalog;
import dev.gatehouse.firewall.statement.Table;
import dev.gatehouse.wire.mysql.message.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnDefinitionTest {

    private static final Mask MASK = new Shout();
    private static final dev.gatehouse.firewall.statement.Column EMAIL =
            dev.gatehouse.firewall.statement.Column.of("shop", "customers", "email");

    /** Knows one column. */
    private static final class Shop implements Catalog {

        @Override
        public @Nullable Set<dev.gatehouse.firewall.statement.Column> origins(int relation, int attribute) {
            return null;
        }

        @Override
        public @Nullable Set<dev.gatehouse.firewall.statement.Column> origins(Table relation, String column) {
            return relation.equals(new Table("shop", "customers")) && column.equals("email") ? Set.of(EMAIL) : null;
        }
    }

    @Test
    void theServerIsAWitnessAgainstAColumnAndNeverForOne() {
        ResultColumn known =
                new Column("customers", "email", 253, 45, 0).definition("").witness(new Shop(), false, false);
        ResultColumn derived =
                new Column("d", "email", 253, 45, 0).definition("").witness(new Shop(), false, false);
        ResultColumn computed = new Column("", "", 253, 45, 0).definition("").witness(new Shop(), false, false);

        assertThat(known).isEqualTo(new ResultColumn("label", ValueForm.STRINGS, Prose.PLAIN, false, Set.of(EMAIL)));
        assertThat(derived).isEqualTo(new ResultColumn("label", ValueForm.STRINGS, Prose.PLAIN, false, null));
        assertThat(computed).isEqualTo(new ResultColumn("label", ValueForm.STRINGS, Prose.PLAIN, false, null));
    }

    @ParameterizedTest
    @CsvSource({
        "253, 45, 0, '', true",
        "254, 255, 0, '', true",
        "252, 33, 16, '', true",
        "253, 8, 0, '', true",
        "15, 1069, 0, '', true",
        "253, 63, 128, '', false",
        "253, 28, 0, '', false",
        "253, 35, 0, '', false",
        "253, 10, 0, '', false",
        "253, 5000, 0, '', false",
        "254, 45, 256, '', false",
        "254, 45, 2048, '', false",
        "3, 63, 0, '', false",
        "245, 63, 128, '', false",
        "246, 63, 128, '', false",
        "254, 45, 0, '\u0000\u0004uuid', false",
        "252, 45, 0, '\u0001\u0004json', false"
    })
    void aTextIsAStringThatAMaskCanReadAndThatMayHoldAnything(
            int type, int charset, int flags, String extended, boolean text) {
        assertThat(new Column("t", "c", type, charset, flags)
                        .definition(extended)
                        .isText())
                .isEqualTo(text);
    }

    @Test
    void aColumnThatIsNotMaskedIsToldAsItCame() {
        Column column = new Column("customers", "email", 253, 8, 4097 | 2 | 4);
        ByteBuf out = Unpooled.buffer();
        column.definition("").write(out, null);

        assertThat(out).isEqualTo(column.payload(""));
    }

    @Test
    void aMaskedColumnIsNoKeyMayBeNullIsInUtf8AndHasRoomForWhatAMaskWrites() {
        ByteBuf out = Unpooled.buffer();
        new Column("customers", "email", 253, 8, 4096 | 1 | 2 | 4)
                .definition("")
                .write(out, MASK);

        ByteBuf expected = new Column("customers", "email", 253, 45, 4096).payload("");
        expected.setIntLE(expected.writerIndex() - 10, 1020);
        assertThat(out).isEqualTo(expected);
    }

    @Test
    void aMaskedNumberStaysANumberThatMayBeNull() {
        ByteBuf out = Unpooled.buffer();
        new Column("customers", "age", 3, 63, 32 | 1).definition("").write(out, MASK);

        assertThat(out).isEqualTo(new Column("customers", "age", 3, 63, 32).payload(""));
    }

    @Test
    void whatIsNoColumnDefinitionIsAViolation() {
        ByteBuf whole = new Column("customers", "email", 253, 8, 0).payload("");
        for (int length = 0; length < whole.readableBytes(); length++) {
            int shorter = length;
            assertThatThrownBy(() -> ColumnDefinition.read(whole, 0, shorter, false))
                    .isInstanceOf(ProtocolViolation.class);
        }
        assertThatThrownBy(() -> ColumnDefinition.read(whole, 0, whole.readableBytes(), true))
                .isInstanceOf(ProtocolViolation.class);
    }
}
