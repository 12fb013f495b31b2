package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.wire.WireProtocol;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a client for whom there is no place so, and closes. Nothing it sends is read. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed close is no news: the channel is gone either way.
final class TurnedAway extends ChannelInboundHandlerAdapter {

    private final WireProtocol protocol;

    TurnedAway(WireProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(protocol.tooManyNewcomers(context.alloc())).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
