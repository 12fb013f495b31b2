package dev.gatehouse.gateway.net;

import dev.gatehouse.firewall.session.Upstream;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;

/** Opens connections to servers, on the loop of the session they are for. */
final class Dialer {

    private static final int CONNECT_MILLIS = 10_000;

    /** Who waits for a connection; called on its own loop. */
    interface Caller {

        void connected(Channel channel);

        void unreachable(String why);
    }

    private final Transport transport;
    private final Executor background;
    private final UpstreamTls tls = new UpstreamTls();

    /** @param background threads for looking up names, which blocks */
    Dialer(Transport transport, Executor background) {
        this.transport = transport;
        this.background = background;
    }

    /** How connections to servers are put under TLS. */
    UpstreamTls tls() {
        return tls;
    }

    void dial(Upstream upstream, EventLoop loop, Caller caller) {
        background.execute(() -> {
            try {
                InetAddress address = InetAddress.getByName(upstream.host());
                loop.execute(() -> connect(new InetSocketAddress(address, upstream.port()), loop, caller));
            } catch (UnknownHostException e) {
                loop.execute(() -> caller.unreachable("no address is known for " + upstream.host()));
            }
        });
    }

    private void connect(InetSocketAddress address, EventLoop loop, Caller caller) {
        new Bootstrap()
                .group(loop)
                .channel(transport.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        transport.keepAlive(channel);
                        channel.config().setAutoRead(false);
                    }
                })
                .connect(address)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        caller.connected(((ChannelFuture) done).channel());
                    } else {
                        caller.unreachable(String.valueOf(done.cause().getMessage()));
                    }
                });
    }
}
