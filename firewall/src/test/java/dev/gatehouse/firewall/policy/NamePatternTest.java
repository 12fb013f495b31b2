package dev.gatehouse.firewall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.Table;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "orders.public.customers.ssn, YES",
        "orders.*.customers.ssn, YES",
        "*.*.ssn, YES",
        "customers.ssn, YES",
        "ssn, YES",
        "s*, YES",
        "ORDERS.Public.Customers.SSN, YES",
        "billing.*.customers.ssn, NO",
        "*.people.ssn, NO",
        "hr.customers.ssn, NO",
        "ss, NO",
        "\"SSN\", NO",
        "public.\"customers\".ssn, YES",
    })
    void aColumnsPatternIsReadFromTheRight(String pattern, Truth expected) {
        assertThat(NamePattern.column(pattern).column("orders", Column.of("public", "customers", "ssn")))
                .isEqualTo(expected);
    }

    @Test
    void aQuotedPartKeepsItsCase() {
        Column column = Column.of("public", "Customers", "SSN");

        assertThat(NamePattern.column("customers.ssn").column("orders", column)).isEqualTo(Truth.NO);
        assertThat(NamePattern.column("\"Customers\".\"SSN\"").column("orders", column))
                .isEqualTo(Truth.YES);
        assertThat(NamePattern.column("\"C*\".\"SSN\"").column("orders", column))
                .isEqualTo(Truth.YES);
    }

    @Test
    void aSchemaThatIsNotKnownMayBeAny() {
        Table unknown = new Table(Table.UNKNOWN, "cards");

        assertThat(NamePattern.table("billing.cards").table("orders", unknown)).isEqualTo(Truth.UNKNOWN);
        assertThat(NamePattern.table("cards").table("orders", unknown)).isEqualTo(Truth.UNKNOWN);
        assertThat(NamePattern.table("carts").table("orders", unknown)).isEqualTo(Truth.NO);
        assertThat(NamePattern.table("shop.billing.cards").table("orders", unknown))
                .isEqualTo(Truth.NO);
    }

    @ParameterizedTest
    @CsvSource({"a..b", "'\"open'", "a.b.c.d.e", "'\"a\"b.c'", "''"})
    void whatIsNotAPatternIsRefused(String text) {
        assertThatThrownBy(() -> NamePattern.column(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aGlobMatchesAsItsRegularExpressionDoes(
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'b') String name,
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'c') String shape) {
        String pattern = shape.replace('c', '*');
        boolean expected = Pattern.matches(pattern.replace("*", ".*"), name);

        assertThat(new Glob(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.20.255.1, true",
        "10.20.0.0/16, 10.21.0.1, false",
        "127.0.0.1, 127.0.0.1, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "::1, ::1, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, 10.0.0.1, false",
    })
    void aRangeContainsItsAddresses(String range, String address, boolean expected) throws UnknownHostException {
        assertThat(Cidr.parse(range).contains(InetAddress.getByName(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0", "10.0.0.0/", "::1/129", "x"})
    void whatIsNotARangeIsRefused(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T22:00:00Z, true",
        "2026-11-24T04:59:00Z, true",
        "2026-11-24T05:00:00Z, false",
        "2026-11-24T22:00:00Z, false",
        "2026-11-24T03:00:00Z, true",
        "2026-11-23T03:00:00Z, false",
    })
    void hoursOverMidnightBelongToTheDayTheyBeginOn(String moment, boolean expected) {
        Calendar mondayNight = new Calendar(
                "night",
                ZoneId.of("UTC"),
                Set.of(java.time.DayOfWeek.MONDAY),
                Optional.of(new Calendar.Hours(LocalTime.of(22, 0), LocalTime.of(5, 0))),
                Optional.empty());

        assertThat(mondayNight.contains(Instant.parse(moment))).isEqualTo(expected);
    }
}
