package dev.gatehouse.bench.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a relayed pair: hands what it reads to the other side. Lives on the pair's event loop.
 *
 * <p>Futures are left alone: a write that fails also closes its channel, and that is what ends the pair.
 */
@SuppressWarnings("FutureReturnValueIgnored")
class RelaySide extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySide.class);

    private @Nullable Channel other;

    /** Gives this side its other one; before that nothing is read. */
    final void pair(Channel side) {
        other = side;
    }

    private Channel other() {
        return Objects.requireNonNull(other, "a side reads only once it is paired");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        Channel side = other();
        side.write(bytes, side.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Channel side = other();
        side.flush();
        if (!side.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && other != null) {
            other.config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (other != null) {
            other.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("relay side failed", cause);
        }
        context.close();
    }

    /** The accepted side, which dials the server first. */
    static final class Client extends RelaySide {

        private final SocketAddress server;
        private final Class<? extends SocketChannel> dialling;

        Client(SocketAddress server, Class<? extends SocketChannel> dialling) {
            this.server = server;
            this.dialling = dialling;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel client = context.channel();
            RelaySide back = new RelaySide();
            back.pair(client);
            ChannelFuture dialled = new Bootstrap()
                    .group(client.eventLoop())
                    .channel(dialling)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(back)
                    .connect(server);
            dialled.addListener(done -> {
                if (done.isSuccess()) {
                    pair(dialled.channel());
                    client.config().setAutoRead(true);
                } else {
                    LOG.warn("cannot reach {}", server, done.cause());
                    client.close();
                }
            });
        }
    }
}
