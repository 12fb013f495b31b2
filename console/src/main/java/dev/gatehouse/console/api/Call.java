package dev.gatehouse.console.api;

import java.util.Map;

/**
 * A call of the API.
 *
 * @param caller who calls
 * @param operation what for
 * @param id the request it is about; empty where it is about none
 * @param all whether ended requests are wanted too
 * @param body the fields of the JSON body, texts only
 */
public record Call(Caller caller, Operation operation, String id, boolean all, Map<String, String> body) {

    public Call {
        body = Map.copyOf(body);
    }
}
