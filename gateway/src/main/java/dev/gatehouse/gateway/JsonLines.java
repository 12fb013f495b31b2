package dev.gatehouse.gateway;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes each line of the log as one JSON object, for programs that gather logs.
 *
 * @see <a href="https://www.elastic.co/guide/en/ecs/current/ecs-log.html">Elastic Common Schema, log fields</a>
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("@timestamp", event.getInstant().toString())
                .put("log.level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("log.logger", event.getLoggerName())
                .put("process.thread.name", event.getThreadName())
                .put("message", event.getFormattedMessage());
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("error.type", thrown.getClassName())
                    .put("error.message", thrown.getMessage())
                    .put("error.stack_trace", ThrowableProxyUtil.asString(thrown));
        }
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
