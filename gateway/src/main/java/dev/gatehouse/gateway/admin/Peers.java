package dev.gatehouse.gateway.admin;

import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.firewall.approval.Reviewer;
import dev.gatehouse.firewall.policy.ConsoleRight;
import dev.gatehouse.firewall.session.Subject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Who is at the other end of the socket, by the kernel's word.
 *
 * <p>Root and the gateway's own user are operators: they may decide in every flow, or name a person with {@code as}, who
 * must then be a reviewer in their own right. Anybody else is the local user of the configuration whose name is that of
 * their account.
 */
final class Peers {

    private static final int ROOT = 0;

    private final int ownUid;
    private final IntFunction<Optional<String>> accounts;
    private final Function<String, Optional<Subject>> directory;
    private final Function<Subject, Optional<ConsoleRight>> rights;

    /**
     * @param ownUid the gateway's own user
     * @param accounts the operating system's names of users
     * @param directory the local users of the configuration
     * @param rights what the policy gives them in the console, which this is a door to
     */
    Peers(
            int ownUid,
            IntFunction<Optional<String>> accounts,
            Function<String, Optional<Subject>> directory,
            Function<Subject, Optional<ConsoleRight>> rights) {
        this.ownUid = ownUid;
        this.accounts = accounts;
        this.directory = directory;
        this.rights = rights;
    }

    /**
     * The person who calls.
     *
     * @param as the person an operator acts for
     */
    Caller caller(int uid, Optional<String> as) {
        String via = "admin socket, uid " + uid;
        if (isOperator(uid)) {
            // An operator sees everything, so also whatever they do for somebody else.
            return as.map(name -> person(name, via))
                    .map(person -> new Caller(
                            person.reviewer(), Optional.of(person.right().orElse(ConsoleRight.VIEW))))
                    .orElseGet(() -> new Caller(new Reviewer(account(uid), Set.of(), true, via), Optional.empty()));
        }
        String name = account(uid);
        if (as.isPresent() && !as.get().equals(name)) {
            throw new Problem(
                    Code.NOT_PERMITTED,
                    "only the gateway's operator may decide as another person",
                    "leave out `as`, or run the command as root or as the gateway's user",
                    "");
        }
        return person(name, via);
    }

    private boolean isOperator(int uid) {
        return uid == ROOT || uid == ownUid;
    }

    private String account(int uid) {
        return accounts.apply(uid).orElse("uid " + uid);
    }

    private Caller person(String name, String via) {
        Subject subject = directory
                .apply(name)
                .orElseThrow(() -> new Problem(
                        Code.NOT_PERMITTED,
                        "there is no local user " + name,
                        "reviewers are the local users of the configuration",
                        ""));
        if (subject.kind() != Subject.Kind.HUMAN) {
            throw new Problem(Code.NOT_PERMITTED, name + " is not a person; only people decide", "", "");
        }
        return new Caller(new Reviewer(subject.name(), subject.groups(), false, via), rights.apply(subject));
    }
}
