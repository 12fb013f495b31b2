package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;

/** Makes the mask for a rule. */
public final class Masks {

    /** The mask of a column whose origin is not known. */
    public static final Mask UNACCOUNTED = new Null("unaccounted");

    private Masks() {}

    /**
     * The mask of a rule.
     *
     * @param text whether the column's values are character strings; of others only NULL is sure to be well-formed
     */
    public static Mask of(MaskRule rule, boolean text) {
        return text ? of(rule.id(), rule.transform()) : new Null(rule.id());
    }

    private static Mask of(String id, Transform transform) {
        if (transform instanceof Transform.Redact redact) {
            return new Redact(id, redact.text());
        }
        if (transform instanceof Transform.CardLast4) {
            return new CardLast4(id);
        }
        if (transform instanceof Transform.Hash hash) {
            return new Keyed(id, hash.secret(), "", hash.length());
        }
        if (transform instanceof Transform.Tokenize tokenize) {
            return new Keyed(id, tokenize.secret(), tokenize.prefix(), Keyed.TOKEN_DIGITS);
        }
        if (transform instanceof Transform.Partial partial) {
            return new Partial(id, partial.first(), partial.last(), partial.fill());
        }
        if (transform instanceof Transform.Email email) {
            return new Email(id, email.keep());
        }
        return new Null(id);
    }
}
