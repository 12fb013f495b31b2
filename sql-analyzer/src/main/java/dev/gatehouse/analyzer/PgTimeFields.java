package dev.gatehouse.analyzer;

import java.util.Set;

/** The parts of a time that {@code extract} takes by name. */
final class PgTimeFields {

    static final Set<String> NAMES = Set.of(
            ("century day decade dow doy epoch hour isodow isoyear julian microseconds millennium milliseconds minute month "
                            + "quarter second timezone timezone_hour timezone_minute week year")
                    .split(" "));

    private PgTimeFields() {}
}
