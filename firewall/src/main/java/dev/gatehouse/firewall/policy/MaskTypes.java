package dev.gatehouse.firewall.policy;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Column;
import dev.gatehouse.firewall.statement.ColumnType;
import dev.gatehouse.firewall.statement.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares a policy's masks with the types of the columns that they are on. */
public final class MaskTypes {

    private final List<ColumnMask> masks;
    private final Tags tags;

    /**
     * A mask on a column whose values it knows nothing of, so that they are shown as NULL to somebody for whom that is not
     * said.
     */
    public record Misfit(ColumnMask mask, Column column, ColumnType type) {

        /** For people. */
        public String text() {
            return "mask `" + mask.rule().id() + "` knows nothing of " + type.name() + ", the type of " + column
                    + ": its values are NULL for who gets this mask; put " + better() + " on the column";
        }

        private String better() {
            return switch (type.sort()) {
                case TEXT -> "a mask for text, or set_null,";
                case NUMBER -> "a mask for numbers (bucket, noise), or set_null,";
                case TIME -> "truncate_date or set_null";
                case OTHER -> "set_null";
            };
        }
    }

    /** @param book whose masks are compared */
    public MaskTypes(RuleBook book) {
        this.masks = book.masks();
        this.tags = new Tags(book.classifications());
    }

    /**
     * The masks that do not fit. One that never comes to bear, as a stronger one that fits is on the column for all the same
     * people, does not count.
     *
     * @param database which database of the upstream the columns are of; on MySQL, the one that is their schema
     */
    public List<Misfit> misfits(Upstream upstream, String database, Map<Column, ColumnType> columns) {
        List<Misfit> misfits = new ArrayList<>();
        columns.forEach((column, type) -> {
            String place = upstream.dialect() == Dialect.MYSQL ? column.table().schema() : database;
            List<ColumnMask> on = masks.stream()
                    .filter(mask -> mask.target()
                            .map(target -> target.matches(upstream, place) || target.matches(upstream, database))
                            .orElse(true))
                    .filter(mask -> mask.isOn(upstream.name(), column, tags))
                    .toList();
            on.stream()
                    .filter(mask -> !fits(mask, type))
                    .filter(mask -> on.stream().noneMatch(other -> fits(other, type) && other.alwaysBeats(mask)))
                    .forEach(mask -> misfits.add(new Misfit(mask, column, type)));
        });
        return misfits;
    }

    private static boolean fits(ColumnMask mask, ColumnType type) {
        return mask.rule().transform().takes(type.sort());
    }
}
