package dev.gatehouse.gateway.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that was read, for its text and for showing lines of it.
 *
 * @param name the file as people know it
 * @param path where it is
 * @param text all of it
 * @param lines its lines
 */
record SourceText(String name, Path path, String text, List<String> lines) {

    /** The most bytes a file may have. */
    private static final long MOST_BYTES = 4L << 20;

    SourceText {
        lines = List.copyOf(lines);
    }

    /** Reads a file; what keeps it from being read is a problem, and then there is none. */
    static Optional<SourceText> read(Path path, String name, Problems problems) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                return unreadable(problems, name, "the file is larger than 4 MiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return Optional.of(new SourceText(name, path, text, text.lines().toList()));
        } catch (NoSuchFileException e) {
            return unreadable(problems, name, "there is no such file: " + path);
        } catch (CharacterCodingException e) {
            return unreadable(problems, name, "the file is not UTF-8");
        } catch (IOException e) {
            return unreadable(problems, name, "the file cannot be read: " + e);
        }
    }

    private static Optional<SourceText> unreadable(Problems problems, String name, String why) {
        problems.add(new Problem(Code.UNREADABLE, name, 0, 0, 0, why, ""));
        return Optional.empty();
    }

    /** A problem with a part of a line. */
    Problem problem(Code code, int line, int column, int length, String message) {
        String source = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
        return new Problem(code, name, line, column, length, message, source);
    }
}
