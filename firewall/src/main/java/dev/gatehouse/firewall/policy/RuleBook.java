package dev.gatehouse.firewall.policy;

import java.util.List;

/**
 * Everything a policy consists of, as read from its files.
 *
 * @param version see {@link Policy#version}
 * @param allowByDefault what becomes of a statement no rule matches
 * @param defaultPlace where that is written
 * @param maskUse whether masked columns may decide which rows a session gets
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
        MaskUse maskUse) {

    /** The id of the default in rulings. */
    public static final String DEFAULT_ID = "default";

    public RuleBook {
        roles = List.copyOf(roles);
        logins = List.copyOf(logins);
        classifications = List.copyOf(classifications);
        rules = List.copyOf(rules);
        masks = List.copyOf(masks);
    }
}
