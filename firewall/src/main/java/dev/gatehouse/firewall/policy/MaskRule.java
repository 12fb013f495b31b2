package dev.gatehouse.firewall.policy;

/**
 * A mask the policy puts on a column.
 *
 * @param id the mask's id in the policy file
 * @param transform what it does to a value
 */
public record MaskRule(String id, Transform transform) {

    /** Whether it takes precedence where a value comes from columns with either; of two of one strength the id decides. */
    public boolean isStrongerThan(MaskRule other) {
        int difference = transform.rank() - other.transform.rank();
        return difference < 0 || (difference == 0 && id.compareTo(other.id) < 0);
    }
}
