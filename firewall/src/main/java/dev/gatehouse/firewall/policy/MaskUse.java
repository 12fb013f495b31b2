package dev.gatehouse.firewall.policy;

import java.util.Optional;

/**
 * Whether a column that is masked for a session may decide which rows it gets.
 *
 * @param allowed whether it may, without asking anybody
 * @param flow who is asked; when empty and it is not allowed, it is refused
 * @param place where that is written
 */
public record MaskUse(boolean allowed, Optional<Flow> flow, Ruling.Source place) {

    /** The id in rulings. */
    public static final String ID = "mask_use";

    /** The one in force where a policy says nothing: refuse. */
    public static final MaskUse BLOCK = new MaskUse(false, Optional.empty(), new Ruling.Source(ID, "", 0));
}
