package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How a connection is closed. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write or close is no news: the channel is gone either way.
final class Parting {

    /** How long a side that is to be closed may take to read what was written. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    /** How much is dropped of what nobody wants to hear any more, before the connection is cut. */
    private static final long MAX_HEARD_BYTES = 1 << 20;

    private Parting() {}

    /** Closes behind what was written; what nobody takes, or waits for a handshake that does not come, holds up nothing. */
    static void close(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null && !tls.handshakeFuture().isDone()) {
            channel.close();
            return;
        }
        Future<?> limit = channel.eventLoop().schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(done -> limit.cancel(false));
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** As {@link #close}, and drops whatever is still heard, so that the other side gets to read what was written. */
    static void closeUnheard(Channel channel) {
        channel.pipeline().replace(Side.class, null, new Deaf(MAX_HEARD_BYTES));
        channel.config().setAutoRead(true);
        close(channel);
    }

    /**
     * Says nothing more behind what was written, until the other side closes: it has done then what it was at.
     *
     * @param heard whether the other side may still say something, which is dropped. One that has a great deal to say is at
     *     what only somebody who reads it could let it go on with, so that it is closed like any other
     * @param then run once it has closed
     */
    static void await(Channel channel, boolean heard, Runnable then) {
        channel.pipeline().replace(Side.class, null, new Deaf(heard ? MAX_HEARD_BYTES : 0));
        channel.config().setAutoRead(true);
        channel.closeFuture().addListener(done -> then.run());
        finish(channel);
    }

    /** Says nothing more behind what was written. */
    static void finish(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }

    private static final class Deaf extends ChannelInboundHandlerAdapter {

        private final long most;
        private long heard;

        /** @param most how many bytes it takes before it closes */
        Deaf(long most) {
            this.most = most;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            heard += ((ByteBuf) message).readableBytes();
            ReferenceCountUtil.release(message);
            if (heard > most) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
