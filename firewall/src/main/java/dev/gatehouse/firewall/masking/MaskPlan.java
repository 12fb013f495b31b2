package dev.gatehouse.firewall.masking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns of one result are rewritten. */
public final class MaskPlan {

    private static final MaskPlan EMPTY = new MaskPlan(new Mask[0]);

    private final @Nullable Mask[] masks;
    private final boolean empty;
    private final boolean replaces;

    private MaskPlan(@Nullable Mask[] masks) {
        this.masks = masks;
        boolean none = true;
        boolean whole = false;
        for (Mask mask : masks) {
            none &= mask == null;
            whole |= mask != null && mask.replaces();
        }
        this.empty = none;
        this.replaces = whole;
    }

    /** The plan that rewrites nothing, for a result of any width. */
    public static MaskPlan empty() {
        return EMPTY;
    }

    /** A plan for a result of as many columns as the list has elements; null where a column is left alone. */
    public static MaskPlan of(List<@Nullable Mask> masks) {
        MaskPlan plan = new MaskPlan(masks.toArray(new Mask[0]));
        return plan.empty ? EMPTY : plan;
    }

    /** Whether rows may pass as they are. */
    public boolean isEmpty() {
        return empty;
    }

    /** Whether a mask takes the place of a column's whole values. */
    public boolean replaces() {
        return replaces;
    }

    /** How many columns a row must have; 0 for the empty plan. */
    public int width() {
        return empty ? 0 : masks.length;
    }

    /** The mask of a column, 0-based; null when it is left alone. */
    public @Nullable Mask mask(int column) {
        return masks[column];
    }
}
