package dev.gatehouse.wire.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.message.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongPacketTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "16777214, 1", "16777215, 2", "16777216, 2", "33554429, 2", "33554430, 3", "40000000, 3"})
    void aLongPayloadIsCutAndOneThatFillsItsLastPacketIsFollowedByAnEmptyOne(int length, int packets) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i ^ (i >> 8) ^ (i >> 16));
        }
        ByteBuf out = Unpooled.directBuffer();
        out.writeByte('x');
        int start = Packet.begin(out, 254);
        out.writeBytes(payload);

        assertThat(LongPacket.end(out, start, 254)).isEqualTo(packets);

        out.readByte();
        ByteBuf joined = Unpooled.buffer(length);
        for (int i = 0; i < packets; i++) {
            int size = out.readUnsignedMediumLE();
            assertThat(size == Packet.MAX_PAYLOAD).isEqualTo(i < packets - 1);
            assertThat(out.readUnsignedByte()).isEqualTo((short) ((254 + i) & 0xff));
            joined.writeBytes(out, size);
        }
        assertThat(out.isReadable()).isFalse();
        assertThat(joined).isEqualTo(Unpooled.wrappedBuffer(payload));
        out.release();
    }
}
