package dev.gatehouse.wire.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.message.HandshakeV10;
import dev.gatehouse.wire.mysql.message.Packet;
import dev.gatehouse.wire.mysql.message.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A server that asks for more than one proof, which a held login does not have. */
final class SecondFactorTest {

    private static final int NEXT_FACTOR = 2;

    private static void say(Rehearsal stage, ByteBuf packets) {
        byte[] bytes = ByteBufUtil.getBytes(packets);
        packets.release();
        stage.fromServer(bytes, 0, bytes.length);
    }

    @Test
    void theSessionEnds() {
        Rehearsal stage = Rehearsal.serverLogin(false);
        ByteBuf greeting = Unpooled.buffer();
        new HandshakeV10("9.7.0", 8, new byte[20], Rehearsal.USUAL, 45, Status.AUTOCOMMIT, "caching_sha2_password")
                .write(greeting, 0);
        say(stage, greeting);
        int told = stage.toServer.size();
        assertThat(told).isPositive();
        ByteBuf asked = Unpooled.buffer();
        int start = Packet.begin(asked, 2);
        asked.writeByte(NEXT_FACTOR);
        Packet.terminated(asked, "authentication_ldap_simple");
        Packet.end(asked, start);
        say(stage, asked);
        assertThat(stage.closed).isTrue();
        assertThat(stage.toServer.size()).isEqualTo(told);
        assertThat(stage.toClient.toString(StandardCharsets.UTF_8)).contains("the server said 0x2 during its login");
    }
}
