package dev.gatehouse.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket of a session: hands what arrives to the engine. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed close is no news: the channel is gone either way.
final class Side extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Side.class);

    private final SocketRelay relay;
    private final boolean isClient;

    Side(SocketRelay relay, boolean isClient) {
        this.relay = relay;
        this.isClient = isClient;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        relay.turnBegins();
        if (isClient) {
            relay.engine().fromClient((ByteBuf) message);
        } else {
            relay.engine().fromServer((ByteBuf) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        relay.turnEnds();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && isClient) {
            relay.engine().clientFinished();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        relay.steer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isClient) {
            relay.engine().clientGone();
        } else {
            relay.engine().serverGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("a {} socket failed", isClient ? "client" : "server", cause);
        }
        context.close();
    }
}
