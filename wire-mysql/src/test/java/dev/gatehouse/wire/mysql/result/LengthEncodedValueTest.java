package dev.gatehouse.wire.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.mysql.message.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthEncodedValueTest {

    @ParameterizedTest
    @CsvSource({
        "0, 300",
        "300, 0",
        "250, 251",
        "251, 250",
        "40, 70000",
        "70000, 40",
        "60000, 180000",
        "3, 20000000",
        "20000000, 3",
        "17000000, 16000000",
        "16000000, 17000000",
        "5, 5"
    })
    void aStringThatTurnsOutLongerOrShorterThanExpectedIsTheSame(int expected, int actual) {
        byte[] text = new byte[actual];
        for (int i = 0; i < actual; i++) {
            text[i] = (byte) ((i * 31) >> 3);
        }
        ByteBuf out = Unpooled.directBuffer();
        out.writeByte(7);
        int start = LengthEncodedValue.begin(out, expected);
        out.writeBytes(text);
        LengthEncodedValue.end(out, start, expected);
        out.writeByte(8);

        Body body = new Body(out, 0, out.writerIndex());
        assertThat(body.int1()).isEqualTo(7);
        assertThat(body.bytes(body.length())).isEqualTo(text);
        assertThat(body.int1()).isEqualTo(8);
        body.finish();
        assertThat(out.writerIndex()).isEqualTo(2 + actual + LengthEncodedValue.sizeOf(actual));
        out.release();
    }
}
