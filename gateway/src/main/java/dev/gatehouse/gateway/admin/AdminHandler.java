package dev.gatehouse.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.gateway.admin.Problem.Code;
import dev.gatehouse.gateway.admin.Routes.Call;
import dev.gatehouse.gateway.admin.Routes.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP requests into calls and answers into responses; one for each connection. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Routes routes;

    AdminHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        try {
            respond(context, HttpResponseStatus.OK, routes.answer(call(context, request)));
        } catch (Problem problem) {
            respond(context, HttpResponseStatus.valueOf(problem.code.status), Documents.error(problem));
        } catch (IOException | RuntimeException e) {
            LOG.error("the admin socket could not answer {} {}", request.method(), request.uri(), e);
            Problem problem = new Problem(Code.INTERNAL, "the gateway failed to answer", "see the gateway's log", "");
            respond(context, HttpResponseStatus.valueOf(problem.code.status), Documents.error(problem));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("an admin connection broke", cause);
        ChannelFuture unused = context.close();
    }

    private static Call call(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
        if (request.decoderResult().isFailure()) {
            throw new Problem(Code.BAD_REQUEST, "this is not an HTTP request", "", "");
        }
        int uid =
                ((EpollDomainSocketChannel) context.channel()).peerCredentials().uid();
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        List<String> path = Arrays.stream(uri.path().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        return new Call(
                uid, verb(request.method()), path, uri.parameters().containsKey("all"), body(request.content()));
    }

    private static Verb verb(HttpMethod method) {
        if (method.equals(HttpMethod.GET)) {
            return Verb.GET;
        }
        if (method.equals(HttpMethod.POST)) {
            return Verb.POST;
        }
        throw new Problem(Code.METHOD_NOT_ALLOWED, "only GET and POST are known here, not " + method, "", "");
    }

    private static Map<String, String> body(ByteBuf content) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (!content.isReadable()) {
            return fields;
        }
        JsonNode body = parse(content.toString(StandardCharsets.UTF_8));
        if (!body.isObject()) {
            throw new Problem(Code.BAD_REQUEST, "the body is not a JSON object", "", "");
        }
        body.properties().forEach(field -> {
            if (!List.of("code", "comment", "as").contains(field.getKey())) {
                throw new Problem(
                        Code.BAD_REQUEST, "unknown field " + field.getKey(), "fields are code, comment and as", "");
            }
            if (!field.getValue().isTextual()) {
                throw new Problem(Code.BAD_REQUEST, field.getKey() + " is not a text", "", "");
            }
            fields.put(field.getKey(), field.getValue().textValue());
        });
        return fields;
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Problem(Code.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage(), "", "");
        }
    }

    private static void respond(ChannelHandlerContext context, HttpResponseStatus status, ObjectNode document) {
        ByteBuf body = Unpooled.copiedBuffer(document.toString(), StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
