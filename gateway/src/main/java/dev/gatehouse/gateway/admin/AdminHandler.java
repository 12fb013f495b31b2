package dev.gatehouse.gateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.api.Call;
import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.api.Documents;
import dev.gatehouse.console.api.Fields;
import dev.gatehouse.console.api.Operation;
import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
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
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP requests into calls and answers into responses; one for each connection. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

    private final Api api;
    private final Peers peers;
    private final Executor answerer;

    /**
     * @param answerer one thread, so that answers go out in the order of the questions; they may wait for the desk's store
     */
    AdminHandler(Api api, Peers peers, Executor answerer) {
        this.api = api;
        this.peers = peers;
        this.answerer = answerer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            Call call = call(context, request);
            answerer.execute(() -> answer(context, what, () -> api.answer(call)));
        } catch (IOException | RuntimeException e) {
            answerer.execute(() -> answer(context, what, () -> {
                throw e;
            }));
        }
    }

    private static void answer(ChannelHandlerContext context, String what, Callable<ObjectNode> question) {
        try {
            respond(context, HttpResponseStatus.OK, question.call());
        } catch (Problem problem) {
            respond(context, HttpResponseStatus.valueOf(problem.code().status()), Documents.error(problem));
        } catch (Exception e) {
            LOG.error("the admin socket could not answer {}", what, e);
            Problem problem = new Problem(Code.INTERNAL, "the gateway failed to answer", "see the gateway's log", "");
            respond(context, HttpResponseStatus.valueOf(problem.code().status()), Documents.error(problem));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("an admin connection broke", cause);
        ChannelFuture unused = context.close();
    }

    private Call call(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
        if (request.decoderResult().isFailure()) {
            throw new Problem(Code.BAD_REQUEST, "this is not an HTTP request", "", "");
        }
        int uid =
                ((EpollDomainSocketChannel) context.channel()).peerCredentials().uid();
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        List<String> path = Arrays.stream(uri.path().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        Operation operation = Operation.of(request.method().name(), path);
        Map<String, String> body =
                Fields.read(request.content().toString(StandardCharsets.UTF_8), List.of("code", "comment", "as"));
        Optional<String> as = Optional.ofNullable(body.remove("as"));
        Caller caller = peers.caller(uid, as);
        return new Call(caller, operation, operation.id(path), uri.parameters().containsKey("all"), body);
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
