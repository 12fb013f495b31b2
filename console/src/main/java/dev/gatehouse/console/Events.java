package dev.gatehouse.console;

import dev.gatehouse.console.api.Api;
import dev.gatehouse.console.api.Caller;
import dev.gatehouse.console.api.Documents;
import dev.gatehouse.console.api.Problem;
import dev.gatehouse.console.api.Problem.Code;
import dev.gatehouse.console.signin.WebSession;
import dev.gatehouse.firewall.approval.Ticket;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something has changed of what they may show; they ask for it themselves then. By server-sent events,
 * each second at most. What is told is who sees something move and how many wait for them, never what.
 */
final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int MOST = 256;
    private static final int MOST_OF_ONE = 8;
    /** A proxy takes a connection for dead on which nothing moves. */
    private static final int TICKS_TO_A_BEAT = 15;

    private final Api api;
    private final Reception reception;
    private final List<Listening> all = new CopyOnWriteArrayList<>();

    private static final class Listening {
        final ChannelHandlerContext context;
        final Visit visit;
        final String name;
        long known;
        int ticks;

        Listening(ChannelHandlerContext context, Visit visit, String name) {
            this.context = context;
            this.visit = visit;
            this.name = name;
        }
    }

    Events(Api api, Reception reception) {
        this.api = api;
        this.reception = reception;
    }

    /** Why a visitor may not listen; empty when they may. */
    Optional<Reply> refusal(Visit visit) {
        Optional<WebSession> session = reception.glance(visit);
        if (session.isEmpty()) {
            return Optional.of(Reply.problem(new Problem(Code.NOT_SIGNED_IN, "nobody is signed in", "", "")));
        }
        String name = session.get().subject().name();
        long own = all.stream().filter(one -> one.name.equals(name)).count();
        return all.size() >= MOST || own >= MOST_OF_ONE
                ? Optional.of(Reply.problem(
                        new Problem(Code.TOO_MANY, "too many pages are open; this one asks now and then", "", "")))
                : Optional.empty();
    }

    /** Begins to tell a visitor. On the connection's loop. */
    void join(ChannelHandlerContext context, Visit visit) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHandler.Guards.set(head.headers(), context.pipeline().get(SslHandler.class) != null);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        ChannelFuture unused = context.write(head, context.voidPromise());
        Optional<WebSession> session = reception.glance(visit);
        if (session.isEmpty()) {
            unused = context.close();
            return;
        }
        Listening listening =
                new Listening(context, visit, session.get().subject().name());
        all.add(listening);
        context.channel().closeFuture().addListener(closed -> all.remove(listening));
        send(listening, "retry: 2000\nevent: hello\ndata: {}\n\n");
    }

    /** Looks once at what has changed. Off the loop, each second. */
    void tick() {
        for (Listening listening : all) {
            Optional<WebSession> session = reception.glance(listening.visit);
            if (session.isEmpty()) {
                send(listening, "event: over\ndata: {}\n\n");
                ChannelFuture unused = listening.context.close();
                continue;
            }
            try {
                tell(listening, reception.caller(listening.visit, session.get()));
            } catch (Problem problem) {
                // The store is down; pages say so when they ask.
                LOG.debug("nothing can be told: {}", problem.message());
            }
        }
    }

    private void tell(Listening listening, Caller caller) {
        List<Ticket> tickets = api.tickets(caller);
        long now = 7;
        for (Ticket ticket : tickets) {
            now = now * 31 + trace(ticket);
        }
        listening.ticks++;
        if (now != listening.known) {
            listening.known = now;
            listening.ticks = 0;
            long toDecide = tickets.stream().filter(caller::mayDecide).count();
            send(listening, "event: changed\ndata: {\"toDecide\":" + toDecide + "}\n\n");
        } else if (listening.ticks >= TICKS_TO_A_BEAT) {
            listening.ticks = 0;
            send(listening, ": still here\n\n");
        }
    }

    private long trace(Ticket ticket) {
        String trace = ticket.request().id() + Documents.state(ticket) + api.waiting(ticket);
        long votes =
                ticket instanceof Ticket.Pending pending ? pending.approvals().size() : 0;
        return trace.hashCode() * 31L + votes + (ticket instanceof Ticket.Used ? 17 : 0);
    }

    /** Sends, but to a reader that does not keep up nothing: it asks by itself once it does. */
    private static void send(Listening listening, String text) {
        if (!listening.context.channel().isWritable()) {
            listening.known = 0;
            return;
        }
        ChannelFuture unused = listening.context.writeAndFlush(
                new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)),
                listening.context.voidPromise());
    }
}
