package dev.gatehouse.firewall.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a policy consists of, as read from its files.
 *
 * @param version see {@link Policy#version}
 * @param allowByDefault what becomes of a statement no rule matches
 * @param defaultPlace where that is written
 * @param maskUse whether masked columns may decide which rows a session gets
 * @param grants what may be asked for ahead of time
 */
public record RuleBook(
        String version,
        boolean allowByDefault,
        Ruling.Source defaultPlace,
        List<Role> roles,
        List<LoginGrant> logins,
        List<Classification> classifications,
        List<Rule> rules,
        List<ColumnMask> masks,
        MaskUse maskUse,
        List<GrantRule> grants) {

    /** The id of the default in rulings. */
    public static final String DEFAULT_ID = "default";

    public RuleBook {
        roles = List.copyOf(roles);
        logins = List.copyOf(logins);
        classifications = List.copyOf(classifications);
        rules = List.copyOf(rules);
        masks = List.copyOf(masks);
        grants = List.copyOf(grants);
    }

    /** One by which nothing can be asked for ahead of time. */
    public RuleBook(
            String version,
            boolean allowByDefault,
            Ruling.Source defaultPlace,
            List<Role> roles,
            List<LoginGrant> logins,
            List<Classification> classifications,
            List<Rule> rules,
            List<ColumnMask> masks,
            MaskUse maskUse) {
        this(version, allowByDefault, defaultPlace, roles, logins, classifications, rules, masks, maskUse, List.of());
    }

    /** The same for somebody who holds a grant. */
    RuleBook with(GrantRule grant) {
        return new RuleBook(
                version,
                allowByDefault,
                defaultPlace,
                roles,
                logins,
                classifications,
                Stream.concat(rules.stream(), Stream.of(grant.rule())).toList(),
                masks,
                maskUse,
                grants);
    }
}
