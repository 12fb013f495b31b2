package dev.gatehouse.masking.masks;

import dev.gatehouse.firewall.masking.Mask;
import dev.gatehouse.firewall.masking.ValueForm;
import dev.gatehouse.firewall.policy.MaskRule;
import dev.gatehouse.firewall.policy.Transform;
import dev.gatehouse.firewall.session.Secret;
import java.time.LocalDate;
import java.util.UUID;

/** Makes the masks of one result. */
public final class Masks {

    /** The mask of a column whose origin is not known. */
    public static final Mask UNACCOUNTED = new Null("unaccounted");

    private final Secret secret;
    private final LocalDate day;

    /**
     * @param secret what noise is drawn from, the gateway's own
     * @param day on which the result is asked for
     */
    public Masks(Secret secret, LocalDate day) {
        this.secret = secret;
        this.day = day;
    }

    /**
     * The mask of a rule, for values in a form. Where the rule's transform knows nothing of such values it is NULL, the only
     * value that is sure to be well-formed.
     */
    public Mask of(MaskRule rule, ValueForm form) {
        if (form instanceof ValueForm.Strings) {
            return ofStrings(rule.id(), rule.transform());
        }
        if (form instanceof ValueForm.Numbers numbers) {
            return ofNumbers(rule.id(), rule.transform(), numbers);
        }
        return form instanceof ValueForm.Times times && rule.transform() instanceof Transform.TruncateDate date
                ? new TruncateDate(rule.id(), times, date.to())
                : ofUnreadable(rule);
    }

    /** The mask of a rule for values of which nothing is known. */
    public static Mask ofUnreadable(MaskRule rule) {
        return new Null(rule.id());
    }

    /** Whether a mask that was made of a rule does what the rule says, and is not NULL for want of anything better. */
    public static boolean fits(MaskRule rule, Mask made) {
        return !(made instanceof Null) || rule.transform() instanceof Transform.SetNull;
    }

    private Mask ofNumbers(String id, Transform transform, ValueForm.Numbers form) {
        if (transform instanceof Transform.Bucket bucket) {
            return new NumberMask(id, form, new Bucket(bucket.size()));
        }
        if (transform instanceof Transform.Noise noise) {
            String occasion = noise.per() == Transform.Noise.Per.QUERY ? day + " " + UUID.randomUUID() : day.toString();
            return new NumberMask(id, form, new Noise(id, noise, secret, occasion));
        }
        return new Null(id);
    }

    private static Mask ofStrings(String id, Transform transform) {
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
        if (transform instanceof Transform.FormatPreserving preserving) {
            return new FormatPreserving(id, preserving.secret(), preserving.alphabet());
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
