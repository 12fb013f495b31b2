package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that uses every part of the format: what this release has not is told, and nothing else is. */
class FullFormatTest {

    private static final Pattern NOT_IN_RELEASE = Pattern.compile("\"(.*)\" is part of the format "
            + "(?:but not of this release; remove it|and this release does nothing for it)");

    @TempDir
    Path folder;

    private static String brief(Problem problem) {
        String place = problem.file() + ":" + problem.line() + (problem.column() == 0 ? "" : ":" + problem.column());
        String message = problem.message();
        Matcher known = NOT_IN_RELEASE.matcher(message);
        String about = known.matches() ? known.group(1) : message;
        return problem.code().text() + " " + place + " " + about;
    }

    @Test
    void whatThisReleaseHasNotIsToldKeyByKey() {
        Loaded loaded = Fixture.full(folder).load();

        assertThat(loaded.configuration()).isEmpty();
        assertThat(loaded.problems())
                .extracting(FullFormatTest::brief)
                .containsExactly(
                        "W130 gatehouse.yaml:12:3 listen.metrics",
                        "E230 gatehouse.yaml:29:5 upstreams.estimates",
                        "E230 gatehouse.yaml:30:33 upstreams.limits.idle_in_transaction",
                        "W130 gatehouse.yaml:65:20 policy.reload.watch",
                        "W130 gatehouse.yaml:65:37 policy.reload.run_tests",
                        "E230 gatehouse.yaml:72:3 journal.encrypt",
                        "E230 gatehouse.yaml:74:3 journal.retention",
                        "W130 gatehouse.yaml:76:3 journal.export",
                        "W130 gatehouse.yaml:81:3 notify.slack",
                        "W130 gatehouse.yaml:83:3 notify.pagerduty",
                        "W130 gatehouse.yaml:85:3 notify.jira",
                        "W130 gatehouse.yaml:90:54 statement.blocked",
                        "W130 gatehouse.yaml:90:88 journal.verify_failed",
                        "W130 gatehouse.yaml:95:3 client_messages.style",
                        "W130 gatehouse.yaml:97:3 client_messages.support",
                        "E230 policy.d/prod.yaml:41:22 rules.then.allow.max_rows",
                        "E230 policy.d/prod.yaml:41:39 rules.then.allow.timeout",
                        "E230 policy.d/prod.yaml:46:22 rules.then.allow.max_affected",
                        "E230 policy.d/prod.yaml:76:36 rules.statement.estimate",
                        "W310 policy.d/prod.yaml:89 rule `agent-writes-reviewed` never decides for classes ddl, dcl:"
                                + " nothing allows them to role agent",
                        "E230 policy.d/prod.yaml:97:22 rules.then.allow.max_affected",
                        "E230 policy.d/prod.yaml:101:51 rules.statement.estimate",
                        "E230 policy.d/prod.yaml:122:5 rules.cel",
                        "E230 policy.d/prod.yaml:128:22 rules.then.allow.require_reason",
                        "E230 policy.d/prod.yaml:128:106 rules.then.allow.page",
                        "W130 policy.d/prod.yaml:152:5 approvals.dba-review.notify",
                        "W130 policy.d/prod.yaml:153:5 approvals.dba-review.escalate",
                        "W130 policy.d/prod.yaml:154:13 approvals.dba-review.ticket",
                        "W130 policy.d/prod.yaml:155:5 approvals.dba-review.reviewer_may",
                        "W130 policy.d/prod.yaml:166:5 approvals.agent-review.notify");
    }
}
