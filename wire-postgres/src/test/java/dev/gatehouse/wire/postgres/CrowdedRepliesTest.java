package dev.gatehouse.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client sends without waiting for answers does not pile up here. */
final class CrowdedRepliesTest {

    private static final byte[] SYNC = {'S', 0, 0, 0, 4};
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};
    private static final int MANY = 40_000;

    private final Stage stage = new Stage();

    private static byte[] times(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    private int syncs() {
        return stage.toServer.size() / SYNC.length;
    }

    private void answer(int answers) {
        byte[] readies = times(READY, answers);
        stage.fromServer(readies, 0, readies.length);
    }

    @Test
    void theServerIsAskedNoMoreUntilItHasAnsweredHalf() {
        stage.serve(Map.of());
        byte[] syncs = times(SYNC, MANY);
        stage.fromClient(syncs, 0, syncs.length);
        int asked = syncs();
        assertThat(asked).isLessThan(MANY / 2);
        answer(asked / 2 - 1);
        assertThat(syncs()).isEqualTo(asked);
        answer(2);
        assertThat(syncs()).isGreaterThan(asked).isLessThan(2 * asked);
        while (stage.toClient.size() / READY.length < syncs()) {
            answer(syncs() - stage.toClient.size() / READY.length);
        }
        assertThat(syncs()).isEqualTo(MANY);
        assertThat(Arrays.equals(stage.toClient.toByteArray(), times(READY, MANY)))
                .isTrue();
    }
}
