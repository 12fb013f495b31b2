package dev.gatehouse.bench.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutterTest {

    private static final List<String> CLIENT = List.of(
            "> - \\x04\\xd2\\x16/", "> - \\0\\x03\\0\\0user\\0app\\0\\0", "> p secret\\0", "> Q select 1\\0", "> X");
    private static final List<String> SERVER = List.of("< = N", "< R \\0\\0\\0\\0", "< Z I");

    @Property
    void anySplitOfTheClientsBytesGivesTheSameLines(@ForAll @IntRange(max = 70) int first) {
        List<String> lines = new ArrayList<>();
        Cutter cutter = new Cutter('>', lines::add);

        int requests = split(cutter, bytes(CLIENT), first);

        assertThat(lines).isEqualTo(CLIENT);
        assertThat(requests).isEqualTo(1);
    }

    @Property
    void theAnswerToARequestForEncryptionIsOneByte(@ForAll @IntRange(max = 16) int first) {
        List<String> lines = new ArrayList<>();
        Cutter cutter = new Cutter('<', lines::add);
        cutter.expectAnswers(1);

        split(cutter, bytes(SERVER), first);

        assertThat(lines).isEqualTo(SERVER);
    }

    @Test
    void whatIsLeftWhenTheConnectionEndsIsWrittenAsItIs() {
        List<String> lines = new ArrayList<>();
        Cutter cutter = new Cutter('<', lines::add);
        byte[] begun = {'D', 0, 0};

        cutter.take(begun, begun.length);
        cutter.finish();

        assertThat(lines).containsExactly("< = D\\0\\0");
    }

    private static int split(Cutter cutter, byte[] bytes, int at) {
        int first = Math.min(at, bytes.length);
        byte[] rest = Arrays.copyOfRange(bytes, first, bytes.length);
        return cutter.take(bytes, first) + cutter.take(rest, rest.length);
    }

    private static byte[] bytes(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lines.forEach(line -> bytes.writeBytes(WireText.read(line)));
        return bytes.toByteArray();
    }
}
