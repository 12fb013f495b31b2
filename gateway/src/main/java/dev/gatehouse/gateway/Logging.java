package dev.gatehouse.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.gatehouse.gateway.settings.Settings;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Sets how this process writes its log to standard error, as the server file wants it. */
final class Logging {

    /** The environment's variable that sets the level, whatever the server file says. */
    static final String VARIABLE = "GATEHOUSE_LOG";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}  %msg%n";

    private Logging() {}

    /**
     * Takes effect at once, for every thread.
     *
     * @param environment the environment's variables
     */
    static void apply(Settings.Log log, Map<String, String> environment) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the log is not logback's");
        }
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setName("stderr");
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(log.format(), context));
        stderr.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(stderr);
        Level level = Level.toLevel(log.level().name(), Level.INFO);
        context.getLogger("dev.gatehouse").setLevel(Level.toLevel(environment.getOrDefault(VARIABLE, ""), level));
    }

    private static Encoder<ILoggingEvent> encoder(Settings.LogFormat format, LoggerContext context) {
        return switch (format) {
            case TEXT -> text(context);
            case JSON -> json(context);
        };
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
