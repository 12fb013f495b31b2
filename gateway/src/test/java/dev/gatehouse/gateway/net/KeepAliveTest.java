package dev.gatehouse.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.firewall.session.Upstream;
import dev.gatehouse.firewall.statement.Dialect;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server that is gone without a word is noticed by the system. */
final class KeepAliveTest {

    @Test
    void aConnectionToAServerIsProbedWhileItIsQuiet() throws Exception {
        Transport transport = new Transport();
        EventLoopGroup loops = transport.loops("test", 1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Channel> dialled = new CompletableFuture<>();
            Upstream upstream = new Upstream(
                    "shop",
                    Dialect.POSTGRESQL,
                    "127.0.0.1",
                    server.getLocalPort(),
                    "shop",
                    List.of(),
                    new Upstream.Tls(Upstream.Tls.Mode.DISABLE, Optional.empty()),
                    Map.of(),
                    List.of(),
                    0,
                    Duration.ZERO);
            new Dialer(transport, Runnable::run).dial(upstream, loops.next(), new Dialer.Caller() {
                @Override
                public void connected(Channel channel) {
                    dialled.complete(channel);
                }

                @Override
                public void unreachable(String why) {
                    dialled.completeExceptionally(new AssertionError(why));
                }
            });
            Channel channel = dialled.join();
            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assumeTrue(channel instanceof EpollSocketChannel, "only epoll has these options");
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE))
                    .isEqualTo(30);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL))
                    .isEqualTo(10);
            assertThat(channel.config().getOption(EpollChannelOption.TCP_KEEPCNT))
                    .isEqualTo(3);
        } finally {
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }
}
