package dev.gatehouse.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.api.Call;
import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.api.Documents;
import dev.gatehouse.console.api.Fields;
import dev.gatehouse.console.api.Operation;
import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.console.signin.SignIn;
import dev.gatehouse.console.signin.WebSession;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The API over HTTP: {@link Api} for whoever has signed in, and the sign-in itself. */
final class WebApi {

    /** What a program brings along that changes something, as pages' forms bring it in a field. */
    private static final String PASS = "X-Gatehouse-Pass";

    private final Api api;
    private final Reception reception;
    private final byte[] document = Assets.read("openapi.json");

    WebApi(Api api, Reception reception) {
        this.api = api;
        this.reception = reception;
    }

    /** Answers a call, an error by the document of one. */
    Reply answer(Visit visit) {
        try {
            Operation operation = Operation.of(visit.method().name(), visit.path());
            return switch (operation) {
                case DOCUMENT -> Reply.json(document);
                case SIGN_IN -> signIn(visit);
                case SESSION -> Reply.document(document(visit, session(visit)));
                case SIGN_OUT -> signOut(visit);
                case EVENTS, STATUS, APPROVALS, APPROVAL, RECEIPT -> read(visit, operation);
                case APPROVE, REJECT, WITHDRAW -> decide(visit, operation);
            };
        } catch (Problem problem) {
            return Reply.problem(problem);
        }
    }

    private WebSession session(Visit visit) {
        return reception
                .session(visit)
                .orElseThrow(() -> new Problem(
                        Code.NOT_SIGNED_IN, "nobody is signed in", "POST /v1/session with name and password", ""));
    }

    private Reply signIn(Visit visit) {
        onlyJson(visit);
        reception.provenance().check(visit);
        Map<String, String> fields = Fields.read(visit.body(), List.of("name", "password"));
        SignIn.Outcome outcome =
                reception.signIn(visit, fields.getOrDefault("name", ""), fields.getOrDefault("password", ""));
        return outcome.match(
                in -> {
                    WebSession session = reception
                            .session(in.token(), visit)
                            .orElseThrow(() -> new Problem(Code.NOT_SIGNED_IN, "the session has ended", "", ""));
                    return reception.badge().give(visit, Reply.document(document(visit, session)), in.token());
                },
                refused -> {
                    throw new Problem(Code.NOT_SIGNED_IN, "name and password do not fit, or not from here", "", "");
                },
                tooMany -> {
                    long seconds = tooMany.pause().toSeconds() + 1;
                    return Reply.problem(new Problem(
                                    Code.TOO_MANY, "too many attempts; try again in " + seconds + " s", "", ""))
                            .with("Retry-After", Long.toString(seconds));
                });
    }

    private Reply signOut(Visit visit) {
        reception.provenance().check(visit, session(visit), pass(visit));
        reception.end(visit);
        return reception.badge().take(visit, Reply.nothing());
    }

    private Reply read(Visit visit, Operation operation) {
        Caller caller = reception.caller(visit, session(visit));
        return Reply.document(
                api.answer(new Call(caller, operation, operation.id(visit.path()), visit.all(), Map.of())));
    }

    private Reply decide(Visit visit, Operation operation) {
        WebSession session = session(visit);
        reception.provenance().check(visit, session, pass(visit));
        onlyJson(visit);
        Map<String, String> body = Fields.read(visit.body(), List.of("code", "comment"));
        Caller caller = reception.caller(visit, session);
        return Reply.document(api.answer(new Call(caller, operation, operation.id(visit.path()), false, body)));
    }

    private static String pass(Visit visit) {
        return visit.header(PASS).orElse("");
    }

    private ObjectNode document(Visit visit, WebSession session) {
        Caller caller = reception.caller(visit, session);
        ObjectNode document = Documents.document("Session")
                .put("name", caller.reviewer().name())
                .put("pass", session.pass())
                .put(
                        "console",
                        caller.right()
                                .map(right -> right.name().toLowerCase(Locale.ROOT))
                                .orElse("none"));
        ArrayNode groups = document.putArray("groups");
        caller.reviewer().groups().stream().sorted().forEach(groups::add);
        return document;
    }

    private static void onlyJson(Visit visit) {
        if (!visit.isJson()) {
            throw new Problem(Code.BAD_REQUEST, "the body is not declared as application/json", "", "");
        }
    }
}
