package dev.gatehouse.console;

import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Answers one request at a time, in order; whoever sends many ahead is cut off. Whatever needs more than a look
 * is done on other threads.
 */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    private final Switchboard switchboard;

    private static final int MOST_AHEAD = 8;

    /** What came while something else was being answered. */
    private final Deque<Visit> ahead = new ArrayDeque<>();

    private boolean isBusy;

    /** Whether what this connection gets from now on is a stream of events. */
    private boolean streams;

    HttpHandler(Switchboard switchboard) {
        this.switchboard = switchboard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (streams || ahead.size() >= MOST_AHEAD) {
            ChannelFuture unused = context.close();
            return;
        }
        if (request.decoderResult().isFailure()) {
            refuse(context, request.method(), "this is not an HTTP request");
            return;
        }
        Visit visit;
        try {
            visit = Visit.of(
                    request.method(),
                    request.uri(),
                    request.headers().copy(),
                    request.content().toString(StandardCharsets.UTF_8),
                    ((InetSocketAddress) context.channel().remoteAddress()).getAddress(),
                    context.pipeline().get(SslHandler.class) != null);
        } catch (IllegalArgumentException e) {
            refuse(context, request.method(), "the address cannot be read");
            return;
        }
        if (isBusy) {
            ahead.add(visit);
        } else {
            begin(context, visit);
        }
    }

    /** Answers what cannot be read, and ends the connection: what follows cannot be trusted to begin where it seems. */
    private void refuse(ChannelHandlerContext context, HttpMethod method, String why) {
        if (!isBusy) {
            respond(context, method, problem(Code.BAD_REQUEST, why));
        }
        streams = true;
    }

    private void begin(ChannelHandlerContext context, Visit visit) {
        isBusy = true;
        if (!switchboard.work().offer(Switchboard.isSignIn(visit), () -> answer(context, visit))) {
            respond(context, visit.method(), problem(Code.BUSY, "the console is busy; try again"));
        }
    }

    /** Runs on a thread of the console's, off the loop. */
    private void answer(ChannelHandlerContext context, Visit visit) {
        Reply reply;
        try {
            if (Switchboard.isEvents(visit) && visit.isGet()) {
                Optional<Reply> refusal = switchboard.events().refusal(visit);
                if (refusal.isEmpty()) {
                    context.executor().execute(() -> stream(context, visit));
                    return;
                }
                reply = refusal.get();
            } else {
                reply = switchboard.answer(visit);
            }
        } catch (RuntimeException e) {
            LOG.error("the console could not answer {} /{}", visit.method(), String.join("/", visit.path()), e);
            reply = problem(Code.INTERNAL, "the gateway failed to answer; see its log");
        }
        Reply answer = reply;
        context.executor().execute(() -> respond(context, visit.method(), answer));
    }

    private void stream(ChannelHandlerContext context, Visit visit) {
        streams = true;
        switchboard.events().join(context, visit);
    }

    private void respond(ChannelHandlerContext context, HttpMethod method, Reply reply) {
        boolean isHead = method.equals(HttpMethod.HEAD);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                reply.status(),
                isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body()));
        HttpHeaders headers = response.headers();
        Guards.set(headers, context.pipeline().get(SslHandler.class) != null);
        if (!reply.status().equals(HttpResponseStatus.NO_CONTENT)) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.type())
                    .set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        }
        for (Reply.Header header : reply.headers()) {
            headers.add(header.name(), header.value());
        }
        context.writeAndFlush(response).addListener(written -> {
            isBusy = false;
            Visit next = ahead.poll();
            if (!written.isSuccess()) {
                ChannelFuture unused = context.close();
            } else if (next != null) {
                begin(context, next);
            }
        });
    }

    private static Reply problem(Code code, String message) {
        return Reply.problem(new Problem(code, message, "", ""));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            ChannelFuture unused = context.close();
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection to the console broke", cause);
        ChannelFuture unused = context.close();
    }

    /** What every answer says of how it is to be treated. */
    static final class Guards {

        private static final List<Reply.Header> ALWAYS = List.of(
                new Reply.Header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
                new Reply.Header("Cache-Control", "no-store"),
                new Reply.Header("X-Content-Type-Options", "nosniff"),
                new Reply.Header("X-Frame-Options", "DENY"),
                // Forms of the console's own pages say where they are from; other sites hear nothing.
                new Reply.Header("Referrer-Policy", "same-origin"),
                new Reply.Header("Cross-Origin-Opener-Policy", "same-origin"),
                new Reply.Header("Cross-Origin-Resource-Policy", "same-origin"));

        private Guards() {}

        static void set(HttpHeaders headers, boolean encrypted) {
            ALWAYS.forEach(header -> headers.set(header.name(), header.value()));
            if (encrypted) {
                headers.set("Strict-Transport-Security", "max-age=31536000");
            }
        }
    }
}
