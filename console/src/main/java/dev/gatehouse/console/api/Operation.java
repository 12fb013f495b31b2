package dev.gatehouse.console.api;

import dev.gatehouse.console.api.Problem.Code;
import java.util.Arrays;
import java.util.List;

/** Everything that can be asked of the API, and where: there is nothing else. {@code openapi.json} describes each. */
public enum Operation {
    DOCUMENT("GET", "v1/openapi.json"),
    SIGN_IN("POST", "v1/session"),
    SESSION("GET", "v1/session"),
    SIGN_OUT("DELETE", "v1/session"),
    EVENTS("GET", "v1/events"),
    STATUS("GET", "v1/status"),
    APPROVALS("GET", "v1/approvals"),
    APPROVAL("GET", "v1/approvals/{id}"),
    RECEIPT("GET", "v1/approvals/{id}/receipt"),
    APPROVE("POST", "v1/approvals/{id}/approve"),
    REJECT("POST", "v1/approvals/{id}/reject"),
    WITHDRAW("POST", "v1/approvals/{id}/withdraw");

    private static final String ID = "{id}";
    /** Where the id of a request stands in its address. */
    private static final int PLACE_OF_ID = 2;

    private final String method;
    private final String address;

    Operation(String method, String address) {
        this.method = method;
        this.address = address;
    }

    /** The HTTP method. */
    public String method() {
        return method;
    }

    /** The address, with {@code {id}} for a request's id. */
    public String address() {
        return "/" + address;
    }

    /**
     * What a call asks for.
     *
     * @param path the path's segments
     * @throws Problem if there is nothing there, or not by this method
     */
    public static Operation of(String method, List<String> path) {
        List<Operation> there =
                Arrays.stream(values()).filter(one -> one.isAt(path)).toList();
        if (there.isEmpty()) {
            throw nothing(path);
        }
        return there.stream()
                .filter(one -> one.method.equals(method))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Code.METHOD_NOT_ALLOWED,
                        "/" + String.join("/", path) + " takes "
                                + String.join(
                                        ", ",
                                        there.stream().map(Operation::method).toList()) + " only",
                        "",
                        ""));
    }

    /** The id of the request that a call of this operation is about; empty where it is about none. */
    public String id(List<String> path) {
        return address.contains(ID) ? path.get(PLACE_OF_ID) : "";
    }

    private boolean isAt(List<String> path) {
        String[] segments = address.split("/", -1);
        if (path.size() != segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].equals(ID) && !segments[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    static Problem nothing(List<String> path) {
        return new Problem(
                Code.NOT_FOUND,
                "there is nothing at /" + String.join("/", path),
                "/v1/openapi.json says what there is",
                "");
    }
}
